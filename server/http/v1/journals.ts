import {
  journalListSchema,
  journalParams,
  journalProofSchema,
  journalQuery,
  journalSchema,
  listJournalsQuery,
} from '@/contracts/journals';
import { encodeCursor } from '@/contracts/lists';
import { proveJournal } from '@/server/journals/prove-journal';
import { journalIdOf, readJournal } from '@/server/journals/read-journal';
import { readJournals } from '@/server/journals/read-journals';
import { defineOperation } from '../operation';
import { listExample } from './examples';
import { JOURNAL, JOURNAL_PROOF, JOURNAL_SUMMARY } from './journal-examples';
import { journalPdf } from './journal-pdf';
import { renderJournal, renderJournalProof, renderJournalSummary } from './render-journal';

const tag = 'Journals';

const listJournals = defineOperation({
  operationId: 'listJournals',
  method: 'get',
  path: '/v1/journals',
  tag,
  summary: 'List journals',
  description:
    'Every event in the books, newest first, each with what it takes to write its title: who, what, how much, through which channel. The operator’s people who name no client see every client’s. Filters may be combined. With an amount or a currency alone a page looks at a bounded number of journals: it may be short, even empty, while `has_more` is true; go on with `next_cursor`.',
  scope: 'transactions:read',
  query: listJournalsQuery,
  responses: {
    200: { description: 'A page of journals.', schema: journalListSchema, example: listExample(JOURNAL_SUMMARY) },
  },
  errors: ['parameter_invalid', 'parameter_unknown', 'parameter_repeated'],
  verb: (ctx, { query }) =>
    readJournals(
      ctx,
      {
        kind: query.kind,
        account: query.account,
        wallet: query.wallet,
        customer: query.customer,
        currency: query.currency,
        reference: query.reference,
        payment: query.payment,
        minAmountMinor: query.min_amount,
        maxAmountMinor: query.max_amount,
        fromMs: query.from,
        toMs: query.to,
      },
      { limit: query.limit, after: query.after ?? null },
    ),
  render: ({ journals, next }) => ({
    status: 200,
    body: {
      object: 'list',
      data: journals.map(renderJournalSummary),
      has_more: next !== null,
      next_cursor: next === null ? null : encodeCursor(next),
    },
  }),
});

const getJournal = defineOperation({
  operationId: 'getJournal',
  method: 'get',
  path: '/v1/journals/{id}',
  tag,
  summary: 'Retrieve a journal',
  description:
    'One event with both its sides, the account’s entries before and after, the arithmetic of its fee, who caused it from where, the way from the request over payment and provider to the webhooks, and what undoing it now would do to each account. Balances are credit-positive. As PDF with `Accept: application/pdf`.',
  scope: 'transactions:read',
  params: journalParams,
  query: journalQuery,
  pdfByAccept: true,
  responses: { 200: { description: 'The journal.', schema: journalSchema, example: JOURNAL } },
  errors: ['resource_missing', 'parameter_invalid', 'parameter_unknown', 'ledger_busy'],
  verb: async (ctx, { params, query }) => ({
    detail: await readJournal(ctx, journalIdOf(params.id)),
    format: query.format,
  }),
  render: ({ detail, format }) =>
    format === 'pdf' ? journalPdf(renderJournal(detail)) : { status: 200, body: renderJournal(detail) },
});

const getJournalProof = defineOperation({
  operationId: 'getJournalProof',
  method: 'get',
  path: '/v1/journals/{id}/proof',
  tag,
  summary: 'Prove a journal',
  description:
    'Recomputes the journal’s digest and its entries’ hashes, walks from each to the head that a signed seal covers, and checks the signature; with everything it takes to do the same elsewhere.',
  scope: 'transactions:read',
  params: journalParams,
  responses: { 200: { description: 'The proof.', schema: journalProofSchema, example: JOURNAL_PROOF } },
  errors: ['resource_missing'],
  verb: (ctx, { params }) => proveJournal(ctx, journalIdOf(params.id)),
  render: (proof) => ({ status: 200, body: renderJournalProof(proof) }),
});

export const journalOperations = [listJournals, getJournal, getJournalProof];
