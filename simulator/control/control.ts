import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { Charge } from '../charges';
import { doorSchema } from '../door';
import { enterPin, reverse, settle, succeedLate } from '../lifecycle';
import { isProvider, NETWORKS, PROVIDERS } from '../networks';
import { balanceOf, type Phone } from '../phones';
import { OUTCOMES, planSchema } from '../plan';
import { reset, type Simulator } from '../simulator';
import { tellAgain } from '../tell-merchant';
import { statementOf } from './statement';
import { toCamel, toSnake } from './wire';

/** The control API: what tests and curious people turn the simulated world with. Documented in README.md. */
const timesSchema = z.coerce.number().int().min(1).max(10_000).default(1);

const phoneSchema = z.strictObject({
  isOn: z.boolean().optional(),
  network: z.enum(NETWORKS).optional(),
  balance: z
    .strictObject({
      currency: z.string().regex(/^[A-Z]{3}$/),
      amount: z
        .union([z.number().int().min(0), z.string().regex(/^[0-9]{1,16}$/)])
        .transform((amount) => BigInt(amount)),
    })
    .optional(),
});

const settingsSchema = z.strictObject({
  payee: z.string().min(1).max(40).optional(),
  autoApproveMs: z.number().int().min(0).max(86_400_000).nullable().optional(),
  paystackWebhookUrl: z.url().nullable().optional(),
  vodacomMode: z.enum(['sync', 'async']).optional(),
  vodacomResponseUrl: z.url().nullable().optional(),
});

const advanceSchema = z.strictObject({
  ms: z
    .number()
    .int()
    .min(0)
    .max(366 * 86_400_000),
});

const answerSchema = z.union([
  z.strictObject({ outcome: z.enum(OUTCOMES) }),
  z.strictObject({ pin: z.string().regex(/^[0-9]{1,6}$/) }),
]);

export function createControl(simulator: Simulator): Hono {
  const app = new Hono();
  addPlans(app, simulator);
  addDoors(app, simulator);
  addPhones(app, simulator);
  addCharges(app, simulator);
  addWorld(app, simulator);
  app.notFound((context) =>
    context.json({ message: 'The control API has no such path; see simulator/README.md.' }, 404),
  );
  return app;
}

/** `PUT …/next?times=` queues for the next requests, `PUT …/plan` stands until it is cleared. */
function addPlans(app: Hono, simulator: Simulator): void {
  const put = async (
    context: Context,
    scope: { provider?: string; phone?: string },
    isNext: boolean,
  ): Promise<Response> => {
    const plan = await read(context, planSchema);
    if (plan instanceof Response) return plan;
    const times = timesSchema.safeParse(context.req.query('times'));
    if (!times.success) return context.json({ message: 'times must be a whole number from 1 to 10000.' }, 400);
    simulator.plans.set(scope, plan, isNext ? times.data : null);
    simulator.events.emit('change');
    return context.body(null, 204);
  };
  const remove = (context: Context, scope: { provider?: string; phone?: string }): Response => {
    simulator.plans.clear(scope);
    simulator.events.emit('change');
    return context.body(null, 204);
  };
  app.put('/next', (context) => put(context, {}, true));
  app.put('/plan', (context) => put(context, {}, false));
  app.delete('/plan', (context) => remove(context, {}));
  app.put('/providers/:provider/next', (context) => put(context, { provider: context.req.param('provider') }, true));
  app.put('/providers/:provider/plan', (context) => put(context, { provider: context.req.param('provider') }, false));
  app.delete('/providers/:provider/plan', (context) => remove(context, { provider: context.req.param('provider') }));
  app.put('/phones/:phone/next', (context) => put(context, { phone: context.req.param('phone') }, true));
  app.put('/phones/:phone/plan', (context) => put(context, { phone: context.req.param('phone') }, false));
  app.delete('/phones/:phone/plan', (context) => remove(context, { phone: context.req.param('phone') }));
  app.get('/plans', (context) => context.json(toSnake({ data: simulator.plans.list() })));
}

function addDoors(app: Hono, simulator: Simulator): void {
  app.post('/providers/:provider/faults', async (context) => {
    const provider = context.req.param('provider');
    if (!isProvider(provider) && provider !== 'all') return noProvider(context);
    const fault = await read(context, doorSchema);
    if (fault instanceof Response) return fault;
    for (const name of provider === 'all' ? PROVIDERS : [provider])
      simulator.doors.set(name, fault, simulator.clock.now());
    simulator.events.emit('change');
    return context.body(null, 204);
  });
  app.delete('/providers/:provider/faults', (context) => {
    const provider = context.req.param('provider');
    if (!isProvider(provider) && provider !== 'all') return noProvider(context);
    simulator.doors.clear(provider === 'all' ? undefined : provider);
    simulator.events.emit('change');
    return context.body(null, 204);
  });
  app.get('/faults', (context) => context.json(toSnake({ data: simulator.doors.list(simulator.clock.now()) })));
}

function addPhones(app: Hono, simulator: Simulator): void {
  app.get('/phones', (context) => context.json(toSnake({ data: simulator.phones.list().map(phoneView) })));
  app.get('/phones/:phone', (context) => {
    const phone = phoneParam(context);
    return phone instanceof Response ? phone : context.json(toSnake(phoneView(simulator.phones.get(phone))));
  });
  app.put('/phones/:phone', async (context) => {
    const number = phoneParam(context);
    if (number instanceof Response) return number;
    const change = await read(context, phoneSchema);
    if (change instanceof Response) return change;
    const phone = simulator.phones.get(number, change.network);
    if (change.isOn !== undefined) phone.isOn = change.isOn;
    if (change.balance !== undefined) phone.purses.set(change.balance.currency, change.balance.amount);
    simulator.events.emit('change');
    return context.json(toSnake(phoneView(phone)));
  });
}

function addCharges(app: Hono, simulator: Simulator): void {
  app.get('/charges', (context) => {
    const { provider, phone, reference, state } = context.req.query();
    const found = simulator.charges
      .list()
      .filter(
        (charge) =>
          (provider === undefined || charge.provider === provider) &&
          (phone === undefined || charge.phone === phone) &&
          (state === undefined || charge.state === state) &&
          (reference === undefined || charge.reference === reference || charge.merchantReference === reference),
      );
    return context.json(toSnake({ data: found.slice(0, 1_000).map(chargeView) }));
  });
  const withCharge = (path: string, act: (charge: Charge, context: Context) => Promise<Response>): void => {
    app.post(path, async (context) => {
      const charge = simulator.charges.byId(context.req.param('id') ?? '');
      return charge === undefined ? context.json({ message: 'There is no such charge.' }, 404) : act(charge, context);
    });
  };
  withCharge('/charges/:id/answer', async (charge, context) => {
    const answer = await read(context, answerSchema);
    if (answer instanceof Response) return answer;
    if ('pin' in answer) await enterPin(simulator, charge, answer.pin);
    else if (charge.state === 'failed' && answer.outcome === 'approve') await succeedLate(simulator, charge);
    else await settle(simulator, charge, answer.outcome);
    return context.json(toSnake(chargeView(charge)));
  });
  withCharge('/charges/:id/reverse', async (charge, context) => {
    await reverse(simulator, charge);
    return context.json(toSnake(chargeView(charge)));
  });
  withCharge('/charges/:id/callback', async (charge, context) => {
    const isSent = await tellAgain(simulator, charge);
    return isSent
      ? context.json(toSnake(chargeView(charge)))
      : context.json({ message: 'There is nothing to tell.' }, 409);
  });
}

function addWorld(app: Hono, simulator: Simulator): void {
  app.get('/requests', (context) => {
    const { provider, operation } = context.req.query();
    return context.json(toSnake({ data: simulator.log.list({ provider, operation }) }, 'headers'));
  });
  app.get('/statement', (context) => {
    const { provider, day } = context.req.query();
    if (!isProvider(provider)) return noProvider(context);
    if (day !== undefined && !/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(day)) {
      return context.json({ message: 'A day is written 2026-06-06.' }, 400);
    }
    const statement = statementOf(provider, simulator.charges.list(), day ?? null, simulator.clock.now());
    return context.body(statement.csv, 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${provider}-${statement.day}.csv"`,
    });
  });
  app.get('/time', (context) => context.json({ now: new Date(simulator.clock.now()).toISOString() }));
  app.post('/time', async (context) => {
    const by = await read(context, advanceSchema);
    if (by instanceof Response) return by;
    await simulator.clock.advance(by.ms);
    simulator.events.emit('change');
    return context.json({ now: new Date(simulator.clock.now()).toISOString() });
  });
  app.post('/due', async (context) => {
    await simulator.clock.runDue();
    return context.body(null, 204);
  });
  app.get('/idle', async (context) => {
    await simulator.work.idle();
    return context.body(null, 204);
  });
  app.patch('/settings', async (context) => {
    const change = await read(context, settingsSchema);
    if (change instanceof Response) return change;
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    simulator.settings = { ...simulator.settings, ...given };
    return context.json(toSnake(simulator.settings));
  });
  app.post('/reset', (context) => {
    reset(simulator);
    return context.body(null, 204);
  });
}

/** A body that is checked, or the refusal that says what is wrong with it. */
async function read<Schema extends z.ZodType>(context: Context, schema: Schema): Promise<z.output<Schema> | Response> {
  let body: unknown;
  try {
    const text = await context.req.text();
    body = toCamel(text === '' ? {} : JSON.parse(text));
  } catch {
    return context.json({ message: 'The body must be JSON.' }, 400);
  }
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
  return context.json({ message: problems.join('; ') }, 400);
}

function phoneParam(context: Context): string | Response {
  const phone = context.req.param('phone') ?? '';
  return /^[0-9]{6,15}$/.test(phone) ? phone : context.json({ message: 'A phone is 6 to 15 digits.' }, 400);
}

function noProvider(context: Context): Response {
  return context.json({ message: `The provider is one of ${PROVIDERS.join(', ')}, or all.` }, 404);
}

function phoneView(phone: Phone) {
  const balances = Object.fromEntries(
    [...phone.purses.keys()].map((currency) => [currency, String(balanceOf(phone, currency))]),
  );
  return {
    number: phone.number,
    network: phone.network,
    owner: phone.owner,
    isOn: phone.isOn,
    balances,
    messages: phone.messages,
  };
}

export function chargeView(charge: Charge) {
  return {
    id: charge.id,
    provider: charge.provider,
    reference: charge.reference,
    merchantReference: charge.merchantReference,
    method: charge.method,
    phone: charge.phone,
    amount: String(charge.amountMinor),
    currency: charge.currency,
    state: charge.state,
    failure: charge.failure,
    receipt: charge.receipt,
    isPrompted: charge.isPrompted,
    createdAt: charge.createdAt,
    expiresAt: charge.expiresAt,
    settledAt: charge.settledAt,
    queries: charge.queries,
    callbacks: charge.callbacks,
  };
}

export type ChargeView = ReturnType<typeof chargeView>;
export type PhoneView = ReturnType<typeof phoneView>;
