import type { AnswerOf, RequestOf } from '@/server/http/api-types';

export type Client = AnswerOf<'get', '/api/v1/clients/{client_code}'>;
type Body = RequestOf<'post', '/api/v1/clients'>['body'];

/** A client's profile as a form has it: every field a text, an empty one none. */
export const PROFILE_FIELDS = [
  'client_name',
  'client_email',
  'client_phone_number',
  'business_pin',
  'country',
  'physical_address',
  'contact_person_name',
  'contact_person_email',
  'contact_person_msisdn',
  'description',
  'logo',
] as const;
export type ProfileField = (typeof PROFILE_FIELDS)[number];
export type Profile = Readonly<Record<ProfileField, string>>;

export const OPTIONAL_FIELDS: ReadonlySet<ProfileField> = new Set(['physical_address', 'description', 'logo']);

export const NO_PROFILE = Object.fromEntries(PROFILE_FIELDS.map((field) => [field, ''])) as Profile;

export function profileOf(client: Client): Profile {
  return {
    client_name: client.client_name,
    client_email: client.client_email ?? '',
    client_phone_number: client.client_phone_number_e164 ?? '',
    business_pin: client.business_pin ?? '',
    country: client.country_code ?? '',
    physical_address: client.physical_address ?? '',
    contact_person_name: client.contact_person_name ?? '',
    contact_person_email: client.contact_person_email ?? '',
    contact_person_msisdn: client.contact_person_msisdn_e164 ?? '',
    description: client.description ?? '',
    logo: client.logo ?? '',
  };
}

export function isComplete(profile: Profile): boolean {
  return PROFILE_FIELDS.every((field) => OPTIONAL_FIELDS.has(field) || profile[field].trim() !== '');
}

const isPhone = (field: ProfileField): boolean => field === 'client_phone_number' || field === 'contact_person_msisdn';

/** As the API takes it: numbers without the spaces and dashes that people write. */
function wordOf(profile: Profile, field: ProfileField): string | null {
  const text = profile[field].trim();
  if (text === '') return OPTIONAL_FIELDS.has(field) ? null : '';
  return isPhone(field) ? text.replaceAll(/[\s()-]/g, '') : text;
}

export function newClientBody(profile: Profile): Body {
  const entries = PROFILE_FIELDS.map((field) => [field, wordOf(profile, field)] as const);
  return { ...Object.fromEntries(entries.filter(([, value]) => value !== null)), is_active: 1 } as Body;
}

/** The fields that differ, alone. */
export function changedProfile(
  before: Profile,
  after: Profile,
): NonNullable<RequestOf<'patch', '/api/v1/clients/{client_code}'>['body']> {
  return Object.fromEntries(
    PROFILE_FIELDS.map((field) => [field, wordOf(after, field)] as const).filter(
      ([field, value]) => value !== wordOf(before, field),
    ),
  );
}
