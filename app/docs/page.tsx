import type { Metadata } from 'next';
import { Books } from '@/components/docs/books';
import { CodeFigure, RequestFigure } from '@/components/docs/code-figure';
import { Intro, NextUp, Step } from '@/components/docs/prose';
import { json } from '@/components/docs/samples/literals';
import { reference } from './openapi-source';
import { DEBIT_ANSWER, quickstartRequests, terminalText } from './quickstart';

export const metadata: Metadata = { title: 'Quickstart: your first debit' };

export default function QuickstartPage() {
  const { baseUrl } = reference();
  const { create, credit, debit, list } = quickstartRequests(baseUrl);
  return (
    <>
      <Intro
        title="Quickstart: your first debit in three minutes"
        lead="You open a wallet for Ama, put GHS 150.00 in it, and take GHS 5.00 out for ten text messages. All of it runs on your machine: no account, no real money."
      />
      <Step
        number={1}
        title="Start Pesewa"
        at="0:00"
        see={
          <>
            A client and its secret, <code>sec_test_…</code>, are printed at the end, and again at every start.
          </>
        }
        code={
          <>
            <CodeFigure title="Terminal" label="Start Pesewa" code={terminalText} dialect="shell" />
            <CodeFigure title="Your key" label="Your key" code="export PESEWA_KEY=sec_test_…" dialect="shell" />
          </>
        }
      >
        <p>
          One command, in the folder of the source: it installs what it needs, the database included. When it is ready,
          put the printed secret in a variable, in a second terminal.
        </p>
      </Step>
      <Step
        number={2}
        title="Open a wallet"
        at="1:00"
        see={
          <>
            You get an <code>id</code> such as <code>wal_a1b2c3</code>, active, with a balance of GH₵0.00.
          </>
        }
        code={<RequestFigure title="Open a wallet" label="Open a wallet" request={create} />}
      >
        <p>
          Each customer holds one wallet per currency. Ask twice and you get the same wallet back, so this call needs no
          check before it.
        </p>
        <p>
          From here on, put your wallet’s <code>id</code> where the samples say <code>wal_a1b2c3</code>.
        </p>
      </Step>
      <Step
        number={3}
        title="Put money in"
        at="1:45"
        see={
          <>
            <code>balance_after</code> is <code>15000</code>: GHS 150.00.
          </>
        }
        code={<RequestFigure title="Credit" label="Credit the wallet" request={credit} />}
      >
        <p>
          A credit needs no payment: it is for promotions, goodwill and first tries like this one. Amounts are whole
          numbers of the smallest unit, so <code>15000</code> is GHS 150.00.
        </p>
      </Step>
      <Step
        number={4}
        title="Take GHS 5.00 out"
        at="2:15"
        see={
          <>
            <code>balance_after</code> is <code>14500</code>.
          </>
        }
        code={
          <>
            <RequestFigure title="Debit" label="Debit the wallet" request={debit} />
            <CodeFigure title="Answer" label="Answer to the debit" code={json(DEBIT_ANSWER)} dialect="json" />
          </>
        }
      >
        <p>
          The <code>reference</code> is your own name for this debit. It says which debit you mean, however often you
          have to ask.
        </p>
        <p>Ama’s wallet goes down and your collected money goes up, in one journal whose two sides are equal:</p>
        <Books
          caption="Journal of the debit"
          currency="GHS"
          total="5.00"
          legs={[
            { account: 'Ama’s wallet', debit: '5.00' },
            { account: 'Your collections', credit: '5.00' },
          ]}
        />
      </Step>
      <Step
        number={5}
        title="Send it again"
        at="2:30"
        see={
          <>
            The same <code>id</code>, the same <code>balance_after</code>, and <code>Idempotent-Replayed: true</code>.
          </>
        }
        code={
          <CodeFigure
            title="Headers of the second answer"
            label="Headers of the second answer"
            code={'HTTP/1.1 200 OK\nContent-Type: application/json\nIdempotent-Replayed: true\nRequest-Id: req_…'}
            dialect="http"
          />
        }
      >
        <p>
          Run the debit a second time, unchanged, as your code would after an answer lost on the way. The wallet is
          debited once. With cURL, add <code>-i</code> to see the headers. Never make a new reference for a retry.
        </p>
      </Step>
      <Step
        number={6}
        title="Read the statement"
        at="3:00"
        see="Two rows, newest first: the debit of GHS 5.00 and the credit of GHS 150.00."
        code={<RequestFigure title="List transactions" label="List transactions" request={list} />}
      >
        <p>Each row carries the balance before and after it, so the statement proves itself line by line.</p>
        <NextUp
          links={[
            { href: '/docs/keys', title: 'Keys and modes', text: 'Test and live, scopes, rotation' },
            { href: '/docs/reference', title: 'All operations', text: 'Every path, field and error' },
          ]}
        />
      </Step>
    </>
  );
}
