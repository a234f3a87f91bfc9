import type { ClientCredentialObject, ClientObject } from '@/contracts/clients';
import { countryName } from '@/contracts/countries';
import { formatId } from '@/contracts/ids';
import type { ClientKey } from '@/server/clients/issue-credentials';
import type { ClientView } from '@/server/clients/read';

/** Fields in the document's order, ours after them. */
export function renderClient(client: ClientView): ClientObject {
  return {
    client_id: client.id,
    client_name: client.name,
    client_email: client.email,
    client_phone_number: digitsOf(client.phone),
    contact_person_name: client.contactName,
    contact_person_email: client.contactEmail,
    contact_person_msisdn: digitsOf(client.contactPhone),
    business_pin: client.businessPin,
    physical_address: client.physicalAddress,
    country: client.country === null ? null : countryName(client.country),
    description: client.description,
    is_active: client.isActive ? 1 : 0,
    client_code: client.code,
    logo: client.logo,
    client_phone_number_e164: client.phone,
    contact_person_msisdn_e164: client.contactPhone,
    country_code: client.country,
    public_id: client.publicId,
    created_at: time(client.createdAtMs),
    updated_at: time(client.updatedAtMs),
  };
}

export function renderCredential({ client, key }: ClientKey): ClientCredentialObject {
  return {
    object: 'client_credential',
    client_id: client.publicId,
    client_code: client.code,
    key_id: formatId('key', key.id),
    mode: key.livemode ? 'live' : 'test',
    livemode: key.livemode,
    name: key.name,
    hint: key.hint,
    scopes: [...key.scopes],
    status: key.status,
    created_at: time(key.createdAtMs),
    expires_at: key.expiresAtMs === null ? null : time(key.expiresAtMs),
    revoked_at: key.revokedAtMs === null ? null : time(key.revokedAtMs),
    last_used_at: key.lastUsedAtMs === null ? null : time(key.lastUsedAtMs),
  };
}

/** A phone number as a JSON number, as the document's sample has it: E.164 has fifteen digits at the most. */
function digitsOf(phone: string | null): number | null {
  return phone === null ? null : Number(phone.slice(1));
}

/** This family writes times with their milliseconds. */
function time(ms: number): string {
  return new Date(ms).toISOString();
}
