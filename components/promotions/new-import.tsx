'use client';

import { FileSpreadsheet, Upload } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type DragEvent, useId, useState } from 'react';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { ChooseClient } from '@/components/console/choose-client';
import { Card } from '@/components/patterns/card';
import { problemOf, SelectField, TextField } from '@/components/patterns/field';
import { formatMoney } from '@/components/patterns/money';
import { PageHead } from '@/components/patterns/page-head';
import { Empty } from '@/components/patterns/states';
import { useSubmit } from '@/components/patterns/use-submit';
import { Steps } from './steps';

const BYTES_MAX = 4_194_304;
const COLUMNS: readonly (readonly [string, string])[] = [
  ['customer_id', 'Your own id of the customer, or one of the two below'],
  ['wallet_id', 'The wallet’s id, or its account number'],
  ['phone', 'The customer’s number with its country code'],
  ['amount', 'In major units, such as 10.00. The promotion’s where it is empty'],
  ['currency', 'Which of the customer’s wallets'],
  ['expires_at', 'A day, which ends the credit at its 00:00 UTC, or a time with its zone'],
  ['note', 'What the money is for, as the customer reads it'],
];

interface Chosen {
  readonly name: string;
  readonly text: string;
  readonly lines: number;
}

/** Step one: the file is read here in the browser, and sent to be judged. Nothing moves. */
export function NewImport({ promotion }: { readonly promotion: string }) {
  const { scope, me } = useConsole();
  const href = useHref();
  if (scope.client === 'all') return <ChooseClient title="Issue promotional credits" what="Credits" />;
  if (!may(me, 'wallets:write')) {
    return (
      <>
        <PageHead
          crumbs={[{ label: 'Promotions', href: href('/promotions') }, { label: 'Issue by file' }]}
          title="Issue promotional credits"
        />
        <Card label="Upload">
          <Empty kind="forbidden" title="Your role does not include this">
            Finance people and admins issue credits.
          </Empty>
        </Card>
      </>
    );
  }
  return <UploadForm promotion={promotion} />;
}

function UploadForm({ promotion: named }: { readonly promotion: string }) {
  const href = useHref();
  const router = useRouter();
  const id = useId();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [promotion, setPromotion] = useState(named);
  const [description, setDescription] = useState('');
  const [over, setOver] = useState(false);
  const promotions = useApi('/v1/promotions', { query: { status: 'active', limit: '100' } });
  const under = promotions.data?.data.find(({ code }) => code === promotion);
  const { submit, pending, error } = useSubmit(
    (api, file: Chosen, idempotencyKey) =>
      api.post(
        '/v1/promotion_imports',
        {
          body: {
            ...(promotion !== '' && { promotion_id: promotion }),
            file_name: file.name,
            description: description.trim() || (under?.name ?? file.name),
            csv: file.text,
          },
        },
        { idempotencyKey },
      ),
    { done: null, onDone: (made) => router.push(href(`/promotions/imports/${made.id}`)) },
  );
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    if (file.size > BYTES_MAX) {
      setProblem('The file is larger than 4 MB. Split it: each part is a file of its own.');
      return;
    }
    const text = await file.text();
    setProblem(null);
    setChosen({ name: file.name, text, lines: text.split(/\r\n|\n|\r/).filter((line) => line.trim() !== '').length });
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files[0]);
  };
  const preview = chosen?.text.split(/\r\n|\n|\r/).slice(0, 4) ?? [];
  return (
    <>
      <div className="stepped">
        <PageHead
          crumbs={[{ label: 'Promotions', href: href('/promotions') }, { label: 'Issue by file' }]}
          title="Issue promotional credits"
          sub="A dry run judges every row first. Nothing moves until you have seen it."
        />
        <Steps current={0} />
      </div>
      <div className="grid two">
        <form
          className="card upload"
          aria-label="Upload"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (chosen !== null) submit(chosen);
          }}
        >
          <div className={`drop ${over ? 'over' : ''}`}>
            <input
              id={id}
              className="sr"
              type="file"
              accept=".csv,text/csv,text/plain"
              onChange={(event) => void take(event.target.files?.[0])}
            />
            <label
              htmlFor={id}
              onDragOver={(event) => {
                event.preventDefault();
                setOver(true);
              }}
              onDragLeave={() => setOver(false)}
              onDrop={drop}
            >
              {chosen === null ? <Upload aria-hidden="true" /> : <FileSpreadsheet aria-hidden="true" />}
              <b>{chosen === null ? 'Choose a CSV file' : chosen.name}</b>
              <span>
                {chosen === null
                  ? 'or drop it here. Up to 20,000 rows and 4 MB.'
                  : `${Math.max(0, chosen.lines - 1).toLocaleString('en-GB')} rows and a header. Choose another to replace it.`}
              </span>
            </label>
          </div>
          {preview.length > 0 && (
            <pre className="head-of-file">
              {preview.join('\n')}
              {chosen !== null && chosen.lines > preview.length ? '\n…' : ''}
            </pre>
          )}
          {(problem ?? error?.message ?? null) !== null && (
            <p className="problem" role="alert">
              {problem ?? error?.message}
            </p>
          )}
          <SelectField
            label="Promotion"
            value={promotion}
            onChange={(event) => setPromotion(event.target.value)}
            options={[
              ['', 'None'],
              ...(promotions.data?.data ?? []).map(
                (one) => [one.code, `${one.name} (${one.code}, ${one.currency})`] as const,
              ),
            ]}
            hint={
              under === undefined
                ? 'Every row then names its amount, and no budget holds.'
                : [
                    under.amount === null
                      ? 'No usual amount'
                      : `${formatMoney(under.amount, under.currency)} where a row names none`,
                    under.budget === null
                      ? 'no budget'
                      : `${formatMoney(under.budget - under.committed, under.currency)} of the budget left`,
                  ].join('; ')
            }
            problem={problemOf(error, 'promotion_id')}
          />
          <TextField
            label="What the credits are for"
            placeholder={under?.name ?? 'June loyalty credit'}
            hint="On the statements of rows without a note"
            value={description}
            maxLength={500}
            onChange={(event) => setDescription(event.target.value)}
            problem={problemOf(error, 'description')}
          />
          <footer>
            <button type="submit" className="btn primary" aria-disabled={chosen === null || pending}>
              {pending ? 'Judging every row…' : 'Check the file'}
            </button>
          </footer>
        </form>
        <Card title="What the file has">
          <div className="tablewrap">
            <table className="wrapped">
              <caption className="sr">Columns of the file</caption>
              <tbody>
                {COLUMNS.map(([name, meaning]) => (
                  <tr key={name}>
                    <th scope="row">
                      <code>{name}</code>
                    </th>
                    <td className="soft">{meaning}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <p className="soft px-4 py-3 text-[13px]">
            One of the first three is needed. Commas, semicolons or tabs; a spreadsheet’s own headings such as “Customer
            ID” are understood.
          </p>
        </Card>
      </div>
    </>
  );
}
