import { STATUS_CODES } from 'node:http';
import type { Metadata } from 'next';
import { CodeFigure } from '@/components/docs/code-figure';
import type { ErrorEntry } from '@/components/docs/error-table';
import { exampleOfError } from '@/components/docs/openapi/model';
import { Intro, Pair } from '@/components/docs/prose';
import { inline } from '@/components/docs/rich-text';
import { json } from '@/components/docs/samples/literals';
import { errorEntries } from '../error-source';
import { reference } from '../openapi-source';

export const metadata: Metadata = { title: 'Errors' };

const FIELDS = [
  ['type', 'The family of the error. Few, and they stay.'],
  ['code', 'The exact reason. Write your code against this.'],
  ['message', 'For people: what happened, with the figures. Its words may change.'],
  ['param', 'The field at fault, or null.'],
  [
    'details',
    'Figures and ids to act on, such as the shortfall. For bad input `details.fields` lists every problem at once.',
  ],
  ['request_id', 'Also in the `Request-Id` header of every answer. Quote it when you ask us.'],
  ['doc_url', 'The entry below that explains the code.'],
] as const;

export default function ErrorsPage() {
  const entries = errorEntries();
  const example = exampleOfError('insufficient_funds', reference());
  return (
    <>
      <Intro
        title="Errors"
        lead="An error says what happened, which field it was and what to do. The status tells whether to try again."
      />
      <Pair
        id="shape"
        long
        code={<CodeFigure title="402 Payment Required" label="An error" code={json(example)} dialect="json" />}
      >
        <h2>What an error looks like</h2>
        <table className="plain" aria-label="Fields of an error">
          <tbody>
            {FIELDS.map(([name, meaning]) => (
              <tr key={name}>
                <th scope="row" style={{ width: 120 }}>
                  <code style={{ fontWeight: 600 }}>{name}</code>
                </th>
                <td>{inline(meaning)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <h2 className="gap">When to try again</h2>
        <ul className="dots">
          <li>
            <code>4xx</code>: the request will be refused again as it stands. Change it, or change what it runs into.
          </li>
          <li>
            <code>429</code>, <code>503</code> and <code>409 idempotency_in_progress</code>: wait for{' '}
            <code>Retry-After</code> seconds, then send the same request.
          </li>
          <li>
            <code>5xx</code>, or no answer: send the same request with the same reference. It moves money once.
          </li>
        </ul>
        {byStatus(entries).map(([status, group]) => (
          <div key={status}>
            <h2 className="band" id={`status-${status}`}>
              {status} {STATUS_CODES[status]}
            </h2>
            {group.map((entry) => (
              <CatalogueEntry key={entry.code} entry={entry} />
            ))}
          </div>
        ))}
      </Pair>
    </>
  );
}

function CatalogueEntry({ entry }: { entry: ErrorEntry }) {
  return (
    <section className="catalogue" id={entry.code} aria-labelledby={`${entry.code}-title`}>
      <h3 id={`${entry.code}-title`}>
        <a className="anchor" href={`#${entry.code}`}>
          <code>{entry.code}</code>
        </a>
        <span>{entry.type}</span>
      </h3>
      <p className="title">{inline(entry.title)}</p>
      {entry.description && <p>{inline(entry.description)}</p>}
      <p className="fix">
        <b>What to do:</b> {inline(entry.fix)}
      </p>
    </section>
  );
}

function byStatus(entries: ErrorEntry[]): [number, ErrorEntry[]][] {
  const groups = new Map<number, ErrorEntry[]>();
  for (const entry of entries) groups.set(entry.status, [...(groups.get(entry.status) ?? []), entry]);
  return [...groups].sort(([a], [b]) => a - b);
}
