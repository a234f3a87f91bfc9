import {
  type CheckoutSettingsObject,
  checkoutSettingsSchema,
  putCheckoutSettingsBody,
} from '@/contracts/checkout-settings';
import type { Context } from '@/server/kernel/context';
import { type CheckoutSettings, readCheckoutSettings, setCheckoutSettings } from '@/server/top-ups/checkout-settings';
import { defineOperation } from '../operation';
import { CHECKOUT_SETTINGS } from './examples';
import { renderTime } from './render-time';

const tag = 'Top-ups';
const responses = {
  200: { description: 'The settings.', schema: checkoutSettingsSchema, example: CHECKOUT_SETTINGS },
};

const getCheckoutSettings = defineOperation({
  operationId: 'getCheckoutSettings',
  method: 'get',
  path: '/v1/checkout_settings',
  tag,
  summary: 'Read checkout settings',
  description: 'How your checkout looks and where it may lead back to, in the mode of the key.',
  scope: 'checkout:read',
  responses,
  errors: [],
  verb: async (ctx) => ({ settings: await readCheckoutSettings(ctx), livemode: isLive(ctx) }),
  render: ({ settings, livemode }) => ({ status: 200, body: render(settings, livemode) }),
});

const setCheckoutSettingsOperation = defineOperation({
  operationId: 'setCheckoutSettings',
  method: 'put',
  path: '/v1/checkout_settings',
  tag,
  summary: 'Set checkout settings',
  description:
    'Takes the place of all earlier settings. Top-ups made before keep their addresses, even on a host that is no longer listed.',
  scope: 'checkout:write',
  body: putCheckoutSettingsBody,
  requestExample: {
    return_hosts: ['example.com', 'shop.example.com'],
    display_name: 'Volta Data',
    support_phone: '+233302900148',
    brand_colour: '#0b5c43',
  },
  responses,
  errors: ['parameter_missing', 'parameter_invalid', 'parameter_unknown'],
  verb: async (ctx, { body }) => ({
    settings: await setCheckoutSettings(ctx, {
      returnHosts: body.return_hosts,
      displayName: body.display_name ?? null,
      promptName: body.prompt_name ?? null,
      supportPhone: body.support_phone ?? null,
      brandColour: body.brand_colour?.toLowerCase() ?? null,
    }),
    livemode: isLive(ctx),
  }),
  render: ({ settings, livemode }) => ({ status: 200, body: render(settings, livemode) }),
});

const isLive = ({ principal }: Context): boolean => principal.mode === 'live';

function render(settings: CheckoutSettings, livemode: boolean): CheckoutSettingsObject {
  return {
    object: 'checkout_settings',
    return_hosts: [...settings.returnHosts],
    display_name: settings.displayName,
    prompt_name: settings.promptName,
    support_phone: settings.supportPhone,
    brand_colour: settings.brandColour,
    livemode,
    updated_at: settings.updatedAtMs === null ? null : renderTime(settings.updatedAtMs),
  };
}

export const checkoutSettingsOperations = [getCheckoutSettings, setCheckoutSettingsOperation];
