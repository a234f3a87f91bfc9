import { z } from 'zod';
import { objectMeta, timeMeta } from './field-meta';
import { readableText } from './text';

const HOST_RULE = 'must be a host such as shop.example.com, with a port where it is not 443';

/** As `URL.host` writes it: lower case, no scheme, no path, no user. An address in numbers is a host too. */
const returnHostSchema = z
  .string()
  .max(255)
  .regex(
    /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?::[1-9][0-9]{0,4})?$/,
    HOST_RULE,
  );

const hostsMeta = {
  description:
    'Hosts that customers may be sent back to after paying. Exact: `example.com` is not `www.example.com`. In test mode `localhost` and `127.0.0.1` work without being listed.',
  example: ['shop.example.com'],
};
const displayNameMeta = {
  description: 'What the checkout calls you; your client’s name when null.',
  example: 'Volta Data',
};
const promptNameMeta = {
  description:
    'Whom the networks’ prompts name as the payee, where that is not your display name: it may be an aggregator. Customers are told to approve nothing else.',
  example: 'VOLTA DATA',
};
const supportPhoneMeta = {
  description: 'Where customers call for help, in E.164 form; shown at the foot of every page. None when null.',
  example: '+233302900148',
};
const brandColourMeta = {
  description: 'Behind your initials, as `#rrggbb`. Text on it is black or white, whichever reads better.',
  example: '#0b5c43',
};

export const putCheckoutSettingsBody = z.strictObject({
  return_hosts: z.array(returnHostSchema).max(20).meta(hostsMeta),
  display_name: readableText(60).nullish().meta(displayNameMeta),
  prompt_name: readableText(60).nullish().meta(promptNameMeta),
  support_phone: z
    .string()
    .regex(/^\+[1-9][0-9]{6,14}$/, 'must be in E.164 form, such as +233302900148')
    .nullish()
    .meta(supportPhoneMeta),
  brand_colour: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/, 'must be a colour such as #0b5c43')
    .nullish()
    .meta(brandColourMeta),
});

export const checkoutSettingsSchema = z
  .object({
    object: z.literal('checkout_settings').meta(objectMeta),
    return_hosts: z.array(z.string()).meta(hostsMeta),
    display_name: z.string().nullable().meta(displayNameMeta),
    prompt_name: z.string().nullable().meta(promptNameMeta),
    support_phone: z.string().nullable().meta(supportPhoneMeta),
    brand_colour: z.string().nullable().meta(brandColourMeta),
    livemode: z.boolean().meta({ description: 'Each mode has settings of its own.', example: false }),
    updated_at: z.string().nullable().meta(timeMeta('When they were last changed. Null until they are.')),
  })
  .meta({ id: 'CheckoutSettings', description: 'How your checkout looks, and where it may lead back to.' });

export type CheckoutSettingsObject = z.output<typeof checkoutSettingsSchema>;
