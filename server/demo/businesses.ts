import type { MobileChannel } from '@/contracts/channels';
import type { TermsChange } from '@/server/client-services/terms';
import type { ProviderName } from '@/server/providers/provider';

/** A network as a business's customers use it. */
export interface Network {
  readonly channel: MobileChannel;
  readonly provider: ProviderName;
  /** First digits of national numbers, without the leading zero. */
  readonly prefixes: readonly string[];
  /** Share of customers. */
  readonly weight: number;
  /** Share of requests that are paid. */
  readonly success: number;
}

/** Something that is sold, with what it costs. */
export interface Job {
  readonly description: string;
  readonly leastMinor: number;
  readonly greatestMinor: number;
  readonly weight: number;
}

export interface Business {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  readonly email: string;
  readonly phone: string;
  readonly address: string;
  readonly description: string;
  readonly country: 'GH' | 'KE';
  readonly currency: 'GHS' | 'KES';
  /** Hours that its clocks are ahead of UTC. */
  readonly zoneHours: number;
  readonly timeZone: string;
  readonly dialling: string;
  readonly customerPrefix: string;
  readonly customers: number;
  readonly firstNames: readonly string[];
  readonly lastNames: readonly string[];
  readonly vehicles: readonly string[];
  readonly plateOf: (number: number) => string;
  readonly networks: readonly Network[];
  /** Whose prompts time out yesterday. */
  readonly dipping: MobileChannel;
  readonly jobs: readonly Job[];
  readonly bookings: readonly Job[];
  /** All amounts are multiples of it. */
  readonly stepMinor: number;
  readonly topUps: readonly { readonly minor: number; readonly weight: number }[];
  readonly topUpsADay: number;
  readonly debitsADay: number;
  readonly work: {
    readonly name: string;
    readonly serviceCode: string;
    readonly terms: TermsChange;
    readonly later: TermsChange;
    readonly laterReason: string;
  };
  readonly collecting: {
    readonly name: string;
    readonly serviceCode: string;
    readonly terms: TermsChange;
    readonly later: TermsChange;
  };
  readonly loyalty: { readonly code: string; readonly name: string; readonly minor: number };
  readonly weekend: { readonly code: string; readonly name: string; readonly minor: number };
  readonly import: { readonly code: string; readonly name: string; readonly file: string; readonly minor: number };
  readonly people: { readonly admin: string; readonly finance: string };
  readonly keys: { readonly desk: string; readonly till: string };
}

export const KANESHIE: Business = {
  id: 'client_kaneshie_motors',
  name: 'Kaneshie Motors',
  domain: 'kaneshie-motors.example.com',
  email: 'office@kaneshie-motors.example.com',
  phone: '+233302220184',
  address: 'Winneba Road, Kaneshie, Accra',
  description: 'Car repair and servicing. Customers keep a prepaid wallet for the workshop.',
  country: 'GH',
  currency: 'GHS',
  zoneHours: 0,
  timeZone: 'Africa/Accra',
  dialling: '233',
  customerPrefix: 'KM-',
  customers: 150,
  firstNames:
    'Ama Kofi Adwoa Kwame Abena Kwabena Yaw Efua Esi Kojo Akosua Kwesi Nana Akua Selorm Dzifa Edem Mawuli Nii Naa Fiifi Ekow Araba Adjoa Yaa Mansa Kweku Afia Elikem Sena Ibrahim Fati Abdul Amina Rashid Zainab'.split(
      ' ',
    ),
  lastNames:
    'Mensah Boateng Frimpong Owusu Asante Osei Agyeman Appiah Darko Ofori Annan Quaye Lartey Tetteh Addo Amoah Sarpong Antwi Baah Acheampong Agbeko Amegashie Dogbe Kporku Quartey Armah Hammond Baidoo Essien Otoo Iddrisu Alhassan Mahama Yakubu'.split(
      ' ',
    ),
  vehicles: [
    'Toyota Corolla',
    'Toyota Vitz',
    'Hyundai Elantra',
    'Kia Picanto',
    'Nissan Almera',
    'Toyota Hilux',
    'Honda CR-V',
    'Opel Astra',
    'Kia Morning',
    'Ford Ranger',
  ],
  plateOf: (number) => `G${'RTNWX'[number % 5]} ${1_000 + ((number * 7_919) % 9_000)}-${15 + (number % 11)}`,
  networks: [
    { channel: 'MTN', provider: 'mtn-momo', prefixes: ['24', '54', '55', '59'], weight: 62, success: 0.945 },
    { channel: 'TELECEL', provider: 'hubtel', prefixes: ['20', '50'], weight: 27, success: 0.91 },
    { channel: 'AIRTELTIGO', provider: 'hubtel', prefixes: ['26', '27'], weight: 11, success: 0.885 },
  ],
  dipping: 'TELECEL',
  jobs: [
    { description: 'Car wash and interior', leastMinor: 2_500, greatestMinor: 4_500, weight: 26 },
    { description: 'Oil change, 5W-30, 4 litres', leastMinor: 14_500, greatestMinor: 19_000, weight: 12 },
    { description: 'Tyre repair', leastMinor: 2_000, greatestMinor: 3_500, weight: 16 },
    { description: 'Wheel alignment', leastMinor: 6_000, greatestMinor: 9_000, weight: 9 },
    { description: 'Wiper blades', leastMinor: 3_000, greatestMinor: 5_500, weight: 8 },
    { description: 'Brake pads, front', leastMinor: 22_000, greatestMinor: 32_000, weight: 4 },
    { description: 'Battery check and charge', leastMinor: 2_000, greatestMinor: 4_000, weight: 8 },
    { description: 'Air-conditioning gas', leastMinor: 11_000, greatestMinor: 16_000, weight: 5 },
    { description: 'Spark plugs, set of four', leastMinor: 9_000, greatestMinor: 14_000, weight: 4 },
    { description: 'Diagnostic scan', leastMinor: 5_000, greatestMinor: 8_000, weight: 8 },
  ],
  bookings: [
    { description: 'Clutch plate ordered', leastMinor: 12_000, greatestMinor: 26_000, weight: 3 },
    { description: 'Booking, full service', leastMinor: 6_000, greatestMinor: 18_000, weight: 5 },
    { description: 'Two tyres, 195/65 R15, set aside', leastMinor: 20_000, greatestMinor: 36_000, weight: 2 },
  ],
  stepMinor: 50,
  topUps: [
    { minor: 10_000, weight: 18 },
    { minor: 15_000, weight: 12 },
    { minor: 20_000, weight: 24 },
    { minor: 30_000, weight: 20 },
    { minor: 50_000, weight: 18 },
    { minor: 80_000, weight: 8 },
  ],
  topUpsADay: 8,
  debitsADay: 52,
  work: {
    name: 'Workshop debit',
    serviceCode: 'WORKSHOP',
    terms: percentFee(['DEBIT'], '1', '0.2', '50', '15'),
    later: { transaction_fee: '1.25' },
    laterReason: 'New contract with the workshop, signed on the first of the month',
  },
  collecting: {
    name: 'Mobile money top-up',
    serviceCode: 'TOPUP',
    terms: percentFee(['CREDIT'], '0.5', '0.1', '10', '0'),
    later: { maximum_transaction_fee: '8' },
  },
  loyalty: { code: 'LOYALTY', name: 'Loyalty bonus', minor: 2_000 },
  weekend: { code: 'WEEKEND-WASH', name: 'Weekend wash', minor: 1_500 },
  import: { code: 'HARMATTAN', name: 'Harmattan check-up', file: 'harmattan-check-up.csv', minor: 1_000 },
  people: { admin: 'Kwame Ofori', finance: 'Akosua Baidoo' },
  keys: { desk: 'Front office', till: 'Workshop till' },
};

export const SAVANNA: Business = {
  id: 'client_savanna_fuels',
  name: 'Savanna Fuels',
  domain: 'savanna-fuels.example.com',
  email: 'accounts@savanna-fuels.example.com',
  phone: '+254202710455',
  address: 'Mombasa Road, Nairobi',
  description: 'Filling stations along the Mombasa Road. Drivers and fleets pay from prepaid wallets.',
  country: 'KE',
  currency: 'KES',
  zoneHours: 3,
  timeZone: 'Africa/Nairobi',
  dialling: '254',
  customerPrefix: 'SF-',
  customers: 100,
  firstNames:
    'Wanjiku Brian Otieno Achieng Mutua Njeri Kevin Faith Kamau Wambui Kipkemboi Chebet Mwangi Atieno Omondi Nyambura Kiprono Jepkosgei Musyoka Mwende Juma Halima Hassan Amani Wafula Nekesa Dennis Mercy Peter Grace'.split(
      ' ',
    ),
  lastNames:
    'Kamau Ochieng Kipkemboi Odhiambo Kilonzo Mwangi Wanjala Koech Cheruiyot Njoroge Mutiso Kariuki Onyango Kiplagat Maina Ndegwa Wekesa Barasa Otieno Rotich Muthoni Githinji Omar Abdi Karanja'.split(
      ' ',
    ),
  vehicles: [
    'Toyota Probox',
    'Isuzu NPR',
    'Toyota Hiace',
    'Mazda Demio',
    'Toyota Fielder',
    'Bajaj Boxer',
    'Mitsubishi Fuso',
    'Nissan Note',
    'Subaru Forester',
  ],
  plateOf: (number) => `KD${'ABCDEFGHJ'[number % 9]} ${String(100 + ((number * 613) % 900))}${'KLMNPQRS'[number % 8]}`,
  networks: [
    { channel: 'MPESA', provider: 'daraja', prefixes: ['70', '71', '72', '79', '110'], weight: 1, success: 0.96 },
  ],
  dipping: 'MPESA',
  jobs: [
    { description: 'Super petrol', leastMinor: 60_000, greatestMinor: 320_000, weight: 44 },
    { description: 'Diesel', leastMinor: 120_000, greatestMinor: 520_000, weight: 22 },
    { description: 'Petrol, motorcycle', leastMinor: 20_000, greatestMinor: 60_000, weight: 20 },
    { description: 'Engine oil, 1 litre', leastMinor: 70_000, greatestMinor: 110_000, weight: 6 },
    { description: 'Car wash', leastMinor: 25_000, greatestMinor: 50_000, weight: 8 },
  ],
  bookings: [
    { description: 'Pre-authorised, pump 3', leastMinor: 200_000, greatestMinor: 500_000, weight: 3 },
    { description: 'Pre-authorised, pump 6', leastMinor: 150_000, greatestMinor: 400_000, weight: 2 },
  ],
  stepMinor: 1_000,
  topUps: [
    { minor: 100_000, weight: 12 },
    { minor: 200_000, weight: 20 },
    { minor: 300_000, weight: 24 },
    { minor: 500_000, weight: 26 },
    { minor: 1_000_000, weight: 18 },
  ],
  topUpsADay: 5,
  debitsADay: 44,
  work: {
    name: 'Pump sale',
    serviceCode: 'PUMP',
    terms: percentFee(['DEBIT'], '0.8', '2', '100', '16'),
    later: { transaction_fee: '0.9', minimum_transaction_fee: '3' },
    laterReason: 'Fees follow the new interchange of the stations',
  },
  collecting: {
    name: 'M-Pesa top-up',
    serviceCode: 'TOPUP',
    terms: percentFee(['CREDIT'], '0.4', '1', '60', '16'),
    later: { maximum_transaction_fee: '50' },
  },
  loyalty: { code: 'FUEL-POINTS', name: 'Fuel points', minor: 10_000 },
  weekend: { code: 'NIGHT-SHIFT', name: 'Night shift bonus', minor: 15_000 },
  import: { code: 'MATATU', name: 'Matatu drivers’ bonus', file: 'matatu-drivers.csv', minor: 20_000 },
  people: { admin: 'Wanjiku Kamau', finance: 'Brian Kipkemboi' },
  keys: { desk: 'Customer app', till: 'Pump terminals' },
};

export const BUSINESSES: readonly Business[] = [KANESHIE, SAVANNA];

/** The operator's people besides its first admin. Their first names are what the story calls them. */
export const OPERATORS_PEOPLE = [
  { actor: 'efua', email: 'finance@example.com', name: 'Efua Asante', role: 'finance' },
  { actor: 'kwaku', email: 'ops@example.com', name: 'Kwaku Addo', role: 'ops' },
  { actor: 'abena', email: 'auditor@example.com', name: 'Abena Darko', role: 'auditor' },
  { actor: 'selorm', email: 'developer@example.com', name: 'Selorm Agbeko', role: 'developer' },
] as const;

/** The operator's first admin, who is there before. */
export const FIRST_ADMIN = 'operator';

function percentFee(
  types: NonNullable<TermsChange['transaction_types']>,
  percent: string,
  least: string,
  most: string,
  taxPercent: string,
): TermsChange {
  return {
    transaction_types: types,
    has_transaction_fee: true,
    transaction_fee_type: 'PERCENTAGE',
    transaction_fee: percent,
    minimum_transaction_fee: least,
    maximum_transaction_fee: most,
    tax_on_fee_percentage: taxPercent,
    fee_bearer: 'client',
    minimum_transaction_amount: '0.01',
    maximum_transaction_amount: '100000',
  };
}
