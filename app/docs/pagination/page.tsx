import type { Metadata } from 'next';
import { CodeFigure, RequestFigure } from '@/components/docs/code-figure';
import { Intro, Pair } from '@/components/docs/prose';
import { json } from '@/components/docs/samples/literals';
import { reference } from '../openapi-source';

export const metadata: Metadata = { title: 'Pagination' };

/** As the API makes it; what it holds is its own affair. */
const CURSOR = 'WyIyIl0';

const PAGE = { object: 'list', data: [{ id: 'txn_a1b2c3' }], has_more: true, next_cursor: CURSOR };

export default function PaginationPage() {
  const base = `${reference().baseUrl}/v1/wallets/wal_a1b2c3/transactions`;
  const list = (url: string) => ({ method: 'GET', url, headers: [], body: undefined, answerName: 'page' });
  return (
    <>
      <Intro
        title="Pagination"
        lead="Lists come newest first unless they say otherwise, a page at a time. A cursor marks your place and keeps it."
      />
      <Pair
        id="pages"
        code={
          <>
            <RequestFigure title="First page" label="First page" request={list(`${base}?limit=1`)} />
            <CodeFigure title="Answer, shortened" label="Answer, shortened" code={json(PAGE)} dialect="json" />
            <RequestFigure title="Next page" label="Next page" request={list(`${base}?limit=1&after=${CURSOR}`)} />
          </>
        }
      >
        <h2>Walk through a list</h2>
        <p>
          Ask with <code>limit</code>, from 1 to 100, 20 unless you say. While <code>has_more</code> is true, send{' '}
          <code>next_cursor</code> back as <code>after</code>.
        </p>
        <p>
          Treat the cursor as opaque text, of its own list only: one that was made up answers 400. It stays valid while
          new rows arrive: they are newer than your place, so you neither miss a row nor see one twice.
        </p>
        <p>
          A <code>limit</code> out of range answers 400 instead of being corrected in silence.
        </p>
      </Pair>
    </>
  );
}
