/**
 * What merchants identify themselves with at the simulated providers. They guard nothing: the simulator has no money, and
 * whoever reaches its port may use them. Known to all, so that a restart of one side never locks out the other.
 */
export const CREDENTIALS = {
  'mtn-momo': {
    apiUser: '5f0f3c5a-6b2c-4d0e-9a53-0c9d7f1b2a10',
    apiKey: 'simulated-momo-api-key',
    subscriptionKey: 'simulated-momo-subscription-key',
  },
  daraja: {
    consumerKey: 'simulated-daraja-consumer-key',
    consumerSecret: 'simulated-daraja-consumer-secret',
    /** Safaricom's own sandbox shortcode and passkey, as its portal shows them to everybody. */
    shortcode: '174379',
    passkey: 'bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919',
  },
  hubtel: { clientId: 'simulated-hubtel-id', clientSecret: 'simulated-hubtel-secret', posSalesId: '11684' },
  paystack: { secretKey: 'sk_test_simulated_paystack_secret' },
  'vodacom-tz': {
    apiKey: 'simulated-vodacom-api-key',
    serviceProviderCode: '000000',
    /** As the portal shows it: base64 of the DER, without the lines around it. */
    publicKey:
      'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAtoc0qVlzLur2w/i1e9lU2WFScHCb19X5EwHy5nXKwODoUsTr4reG/hx0lxMv3p7HH601T6g/NHr7W1SK4ZSMM2+/DcCXZmCVBc4EDGt3P1o7CTx2H+OJQn7+NMRJQAid/7EJjuGONTxb/lF7QK1a/S3jw1TKdbTpUSKXC1HxOeD53qNx/2Os4bNWYvHox2cbxcsPf22Gao25p/1KBOgqkJ0BnFRS9h8JV9g7K7bcev+uPPiWOwLCM6O/iIhJqKvyzNUxx8PsFD55CschAO4fltZcJjcGLHqxmu3tvt5fKw2dbpgQWcBM37pFRyrNWbc5kpGMFZLtsI1hMOWCKZ5qowIDAQAB',
  },
} as const;

export type Credentials = typeof CREDENTIALS;

/** The other half of Vodacom's public key: the adapter encrypts with the one, the simulator reads with the other. PKCS 8. */
export const VODACOM_PRIVATE_KEY =
  'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC2hzSpWXMu6vbD+LV72VTZYVJwcJvX1fkTAfLmdcrA4OhSxOvit4b+HHSXEy/enscfrTVPqD80evtbVIrhlIwzb78NwJdmYJUFzgQMa3c/WjsJPHYf44lCfv40xElACJ3/sQmO4Y41PFv+UXtArVr9LePDVMp1tOlRIpcLUfE54Pneo3H/Y6zhs1Zi8ejHZxvFyw9/bYZqjbmn/UoE6CqQnQGcVFL2HwlX2Dsrttx6/648+JY7AsIzo7+IiEmoq/LM1THHw+wUPnkKxyEA7h+W1lwmNwYserGa7e2+3l8rDZ1umBBZwEzfukVHKs1ZtzmSkYwVku2wjWEw5YIpnmqjAgMBAAECggEACAEJAEfwS7P/AkqzUBizcguZFemfU+CD9l9IAWM826aszcHSEg54IrwRtPT+BxNAAXuNGD1d6f4YmwGIwKQSpDDJUn0EI7HVLOsgDGoai54Pc1EZSeFVISPywmnf0+Ns2S7e7NaP5BiNuirZLqc0KtUH07UaebdbnAv9CNH/7g6Eans4H2Xa5d8z3vUZXs7M29WrV4cU4qceIqzyzsAPmV35JCImNtvOF5Leo2n/0GHRXFUhaxVpUCol8QQb33fkra8oA83vQqC0vyiYYUJQj6s7SILBgAtTaC55B6UkzR/9GgCM9qbtgQ8L4q05pPhaE8ytOISVyhSZ0H6nmmYz4QKBgQD6IsPwexqAHfWnOCue28VUAMjTMF3lyL4vss8THbbKZMcR8HV97Gc/VhZ3h8pxADEZmD2vt/PhpFg3YUPM23eL872qSs170Q/ZcUKXV6ZtHhAHvuUA8kuoDDMCkWV3QhPqkz2v2Oo9ZeNsnXWvh9WlSsrDxd6XaGLL4aFEdlovwwKBgQC6zq5RL2doLAoB0V7eF0Przlr+r25F8f5O0NU/IRTY88AK2Nl8HdHUKRWhDXH5F878+1HD5ukGHaeCHzSZ1I7t1wFTriN6bZQXWHvvJaH9iMAbR00crUTG4ak1qUSiNdxkT31vwQ0lUEV8rnOBdx5Qg7MkkkmtrXmLbwJ53TMLoQKBgQDSqs0TkNq05Iasm2ZBmR8MrMx28dljWjqzuYkltHTq6Q2wUjDiKWSbt0mcykT5/wtbXxk1EVzZwax6l/SeaIi62kH3VqDRkzYiEH3hMPT+Gb+uhlwg+/A0THH5y7MFSiWz/uaJX8uIgnOUWtlvSJvrZp53XAMoycXLqPBF1NgIOQKBgCiyupuJXlf9sDhxKt/r5apMDNsL0VR/wk3dhXf5dxdFE4PJdqhpvrsgMEwkJ76DB19qSYgKmJ3ye/oHXmhdPL5oZyuZ9rTHhsoHRwj1A/O+hUvsHsqunRtPMpQ0SnWkkl1wS/2662hDsr/VKej80Kft6WuAS3kBIEfWaY2vOV3BAoGAGyuziZwVkzY/SrHaz/GwGYV/+ljIhdjatcSgvW8D5QkIvY9MLmzzfo221ujON56bR2Gf2S2uM0Q1cczTgkcKni+ZhMkOGRtvDkBdlHXpR9K96SQfPOr2ORroYLvjhyXTfe33x3BlxjZ3SAhrwPKKXH+aikJgJqxcMWHrBUP01xY=';
