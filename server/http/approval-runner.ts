import { ERRORS } from '@/contracts/errors';
import { ROLE_SCOPES, type Role } from '@/contracts/roles';
import { grants } from '@/contracts/scopes';
import type { Approval } from '@/server/approvals/read';
import { ownerOf } from '@/server/approvals/request-approval';
import { type ApprovalRunner, answerKeyOf, type Look, type Ran } from '@/server/approvals/runner';
import { SecondPersonNeeded } from '@/server/approvals/second-person';
import { requireActive } from '@/server/clients/act-on';
import type { AnswerSlot, ApprovalRun, Context, Principal, Reply } from '@/server/kernel/context';
import { loggableError } from '@/server/kernel/log';
import { Problem } from '@/server/kernel/problem';
import { AnswerExists, type Ledger } from '@/server/ledger/ledger';
import { inputOf, type RawParams, strict } from './handle';
import { type AnyOperation, takesKey } from './operation';
import { familyOf, problemOf, renderProblem } from './problems';
import type { Services } from './services';

interface MakerRow {
  role: Role;
  client_id: string;
  status: string;
  is_operator: boolean;
}

interface StoredInput {
  readonly params: RawParams;
  readonly query: Record<string, string>;
  readonly body?: unknown;
}

/** Runs kept requests through the very operations they came by. */
export class OperationRunner implements ApprovalRunner {
  readonly #operations: ReadonlyMap<string, AnyOperation>;

  constructor(
    private readonly services: Services,
    operations: readonly AnyOperation[],
  ) {
    this.#operations = new Map(operations.map((one) => [one.operationId, { ...one, ...strict(one) }]));
  }

  async look(approval: Approval): Promise<Look> {
    try {
      await this.#verb(approval, { kind: 'look' }, new NothingIsKept());
    } catch (error) {
      if (error instanceof SecondPersonNeeded) {
        const { act, effect } = error;
        return effect === null ? { act: null, effect, problem: nothingToDo() } : { act, effect, problem: null };
      }
      const problem = problemOf(error);
      if (problem === null || isPassing(problem)) throw error;
      return { act: null, effect: null, problem };
    }
    // It came to its end without asking for a second person, and could keep nothing of it.
    return { act: null, effect: null, problem: nothingToDo() };
  }

  async run(approval: Approval): Promise<Ran | null> {
    const operation = this.#operation(approval);
    const render = operation.renderStored ?? operation.render;
    const slot: AnswerSlot = {
      tenantId: approval.books.tenantId,
      key: answerKeyOf(approval),
      fingerprint: approval.requestHash,
      render(result) {
        // Only verbs of what takes an Idempotency-Key promise that what their transaction ends with can be rendered.
        if (!takesKey(operation)) return { status: 200, body: null };
        const reply = render(result as never);
        if (reply instanceof Response) throw new Error(`${operation.operationId} answers with a stream.`);
        return reply;
      },
      renderProblem: (problem) => this.#refusal(problem, operation, approval),
    };
    try {
      const granted: ApprovalRun = {
        kind: 'granted',
        verb: approval.verb,
        amountMinor: approval.amountMinor,
        currency: approval.currency,
        termsSeen: approval.termsSeen ?? '',
      };
      const reply = render((await this.#verb(approval, granted, slot)) as never);
      return reply instanceof Response ? null : ranOf(reply);
    } catch (error) {
      if (error instanceof AnswerExists) return null;
      const problem = problemOf(error);
      if (problem !== null && !isPassing(problem)) return ranOf(this.#refusal(problem, operation, approval));
      this.services.log.error(
        { approvalId: approval.id, operationId: operation.operationId, error: loggableError(error) },
        'an approved act was not carried out yet',
      );
      throw error;
    }
  }

  #operation({ operationId }: Approval): AnyOperation {
    const operation = this.#operations.get(operationId);
    if (operation === undefined) throw new Error(`There is no operation ${operationId} any more.`);
    return operation;
  }

  async #verb(approval: Approval, run: ApprovalRun, answer: AnswerSlot): Promise<unknown> {
    const operation = this.#operation(approval);
    requireActive(approval.books);
    const { clock, db, ledger, config, secretBox } = this.services;
    const ctx: Context = {
      principal: await this.#makerOf(approval),
      requestId: approval.makerRequestId,
      address: approval.makerAddress,
      clock,
      db,
      ledger: run.kind === 'look' ? lookingOnly(ledger) : ledger,
      answer,
      approval: run,
      secretBox,
      webhookAllowedHosts: config.webhookAllowedHosts,
      publicOrigin: config.baseUrl ?? `http://localhost:${config.port}`,
    };
    const { params, query, body } = this.#input(approval);
    return operation.verb(ctx, inputOf(operation, params, query, body));
  }

  #input({ request, requestSealed, books, id }: Approval): StoredInput {
    const text = requestSealed ? this.services.secretBox.open(request, ownerOf(books.tenantId, id)) : request;
    return JSON.parse(text) as StoredInput;
  }

  /** Who asked, as they are now: one who may no longer do it cannot have it done either. */
  async #makerOf(approval: Approval): Promise<Principal> {
    const { rows } = await this.services.db.pool.query<MakerRow>(
      `select u.role, c.public_id as client_id, case when c.status = 'active' then u.status else c.status end as status, c.is_operator
       from users u join clients c on c.id = u.client_id where u.id = $1`,
      [approval.maker.id],
    );
    const user = rows[0];
    const scopes = user === undefined || user.status !== 'active' ? [] : ROLE_SCOPES[user.role];
    const may = approval.scope === null ? scopes.length > 0 : grants(scopes, approval.scope);
    const isOperator = user?.is_operator === true;
    const isAmongTheirs = isOperator || (!approval.operatorOnly && user?.client_id === approval.books.clientId);
    if (user === undefined || !may || !isAmongTheirs) {
      throw new Problem('scope_missing', 'Who asked for this may no longer do it.', {
        details: { required_scope: approval.scope },
      });
    }
    return {
      kind: 'login',
      tenantId: approval.books.tenantId,
      clientId: approval.books.clientId,
      mode: approval.livemode ? 'live' : 'test',
      credentialId: approval.makerSessionId,
      actor: `user:${approval.maker.id}`,
      scopes,
      role: user.role,
      isOperator,
      actsOnClient: isOperator,
    };
  }

  #refusal(problem: Problem, { path }: AnyOperation, { makerRequestId }: Approval): Reply {
    const words = { requestId: makerRequestId, family: familyOf(path) };
    return renderProblem(problem, words, this.services.config.baseUrl);
  }
}

function ranOf({ status, body }: Reply): Ran {
  return { status, body: JSON.stringify(body) };
}

/** The fault of the moment: the same may succeed later. */
function isPassing({ code, retryAfterSeconds }: Problem): boolean {
  return retryAfterSeconds !== null || ERRORS[code].status >= 500;
}

function nothingToDo(): Problem {
  return new Problem('approval_not_pending', 'There is nothing left to do: it was done in another way.');
}

/** Whatever a look would write goes back with the answer it cannot store. */
class NothingIsKept implements AnswerSlot {
  readonly tenantId = '0';
  readonly key = '';
  readonly fingerprint = '';

  render(): Reply {
    throw nothingToDo();
  }

  renderProblem(): Reply {
    throw nothingToDo();
  }
}

/** A ledger that posts nothing. */
function lookingOnly(ledger: Ledger): Ledger {
  const refuse = (): Promise<never> => Promise.reject(nothingToDo());
  return {
    nextId: () => ledger.nextId(),
    submit: refuse,
    submitAll: refuse,
    submitEach: refuse,
    preview: (command) => ledger.preview(command),
    queue: ledger.queue,
    close: () => Promise.resolve(),
  };
}
