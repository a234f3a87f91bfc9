import type { Metadata } from 'next';
import { Books } from '@/components/docs/books';
import { CodeFigure } from '@/components/docs/code-figure';
import { Intro, Pair } from '@/components/docs/prose';
import { json } from '@/components/docs/samples/literals';

export const metadata: Metadata = { title: 'Fees and limits' };

const ROUNDING = [
  { what: 'A fee, and the tax on it', how: 'half up', given: '1.005', kes: '1.01', ugx: '1' },
  { what: 'Least and greatest fee', how: 'half up', given: '0.495', kes: '0.50', ugx: '0' },
  { what: 'Minimum amount', how: 'up', given: '1.001', kes: '1.01', ugx: '2' },
  { what: 'Maximum amount, caps', how: 'down', given: '99.999', kes: '99.99', ugx: '99' },
];

const BEARERS = [
  { what: 'Credit', bearer: 'client', paid: '100.00', arrives: '97.68', who: 'the account, out of what it gets' },
  { what: 'Credit', bearer: 'customer', paid: '102.32', arrives: '100.00', who: 'the other party, on top' },
  { what: 'Debit', bearer: 'client', paid: '102.32', arrives: '100.00', who: 'the account, on top' },
  { what: 'Debit', bearer: 'customer', paid: '100.00', arrives: '97.68', who: 'the other party, out of what it gets' },
  { what: 'Transfer', bearer: 'either', paid: '102.32', arrives: '100.00', who: 'the source account, on top' },
];

export default function FeesPage() {
  return (
    <>
      <Intro
        title="Fees and limits"
        lead="A client service is a named set of rules. Every transaction of the account family is made under one, and keeps the version it was decided under."
      />
      <Pair
        id="service"
        code={
          <CodeFigure
            title="Rules of a service"
            label="Rules of a service"
            code={json({
              has_transaction_fee: true,
              transaction_fee_type: 'PERCENTAGE',
              transaction_fee: 2,
              minimum_transaction_fee: 0.5,
              maximum_transaction_fee: 50,
              tax_on_fee_percentage: 16,
              minimum_transaction_amount: 1,
              maximum_transaction_amount: 5000,
              fee_bearer: 'client',
            })}
            dialect="json"
          />
        }
      >
        <h2>What a service says</h2>
        <p>
          Which types it allows, between which amounts, how much an account may move in a UTC day and month, and what it
          costs: a <code>FIXED</code> amount, or a <code>PERCENTAGE</code> of the transaction’s amount with up to four
          decimals. A least and a greatest fee bound it; where they meet, the greatest wins. Tax is a percentage of the
          fee, charged beside it.
        </p>
        <p>
          With <code>has_transaction_fee</code> false nothing is charged, whatever else is said.
        </p>
      </Pair>
      <Pair id="units">
        <h2>Units and rounding</h2>
        <p>
          Amounts are in major units: <code>1.5</code> is KSh 1.50 on an account in shillings, and GH₵1.50 on one in
          cedis. What an account’s currency cannot hold is rounded in the one direction that is fair; limits never
          widen.
        </p>
        <table className="plain" aria-label="Rounding">
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Rounded</th>
              <th scope="col" className="r">
                Rule
              </th>
              <th scope="col" className="r">
                KES
              </th>
              <th scope="col" className="r">
                UGX
              </th>
            </tr>
          </thead>
          <tbody>
            {ROUNDING.map((row) => (
              <tr key={row.what}>
                <td>{row.what}</td>
                <td>{row.how}</td>
                <td className="r">{row.given}</td>
                <td className="r">{row.kes}</td>
                <td className="r">{row.ugx}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p>
          Give the service a <code>currency</code> and nothing is rounded but the fee itself: rules finer than its minor
          unit are refused, and accounts of another currency with <code>currency_mismatch</code>. The amount of a
          transaction is never rounded.
        </p>
      </Pair>
      <Pair id="bearer">
        <h2>Who pays</h2>
        <p>
          <code>fee_bearer</code> is <code>client</code>, the account of the transaction, or <code>customer</code>, the
          other party. For an amount of 100.00 with a fee of 2.00 and tax of 0.32:
        </p>
        <table className="plain" aria-label="Who pays">
          <thead>
            <tr>
              <th scope="col">Transaction</th>
              <th scope="col">Bearer</th>
              <th scope="col" className="r">
                Paid
              </th>
              <th scope="col" className="r">
                Arrives
              </th>
              <th scope="col">Charged to</th>
            </tr>
          </thead>
          <tbody>
            {BEARERS.map((row) => (
              <tr key={`${row.what} ${row.bearer}`}>
                <td>{row.what}</td>
                <td>
                  <code>{row.bearer}</code>
                </td>
                <td className="r">{row.paid}</td>
                <td className="r">{row.arrives}</td>
                <td>{row.who}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p>
          What is paid is what arrives and the charges, to the minor unit. Charges are entries of their own, so the
          previous balance and the amount make the current one on every row. The first line of the table in the books:
        </p>
        <Books
          caption="Journal of a credit whose fee the client bears"
          currency="KES"
          total="102.32"
          legs={[
            { account: 'Outside', note: 'Paid in', debit: '100.00' },
            { account: 'The account', note: 'The amount', credit: '100.00' },
            { account: 'The account’s charges', note: 'Fee and tax', debit: '2.32' },
            { account: 'Commission', credit: '2.00' },
            { account: 'Tax on commission', credit: '0.32' },
          ]}
        />
      </Pair>
      <Pair id="versions">
        <h2>Versions</h2>
        <p>
          Every change makes a new version, from now on or from the <code>effective_at</code> you give; never for the
          past. What was decided under an earlier version stays as it was, and a reversal gives fees back by it. The
          history has who made each version and when.
        </p>
        <p>
          What a change names holds from its moment on, in scheduled versions too: switching a service off today is not
          undone by next month’s fee. Every server follows a change within a second.
        </p>
      </Pair>
      <Pair
        id="quote"
        code={
          <CodeFigure
            title="Part of a quote"
            label="Part of a quote"
            code={json({
              transaction_amount: '100.0000',
              transaction_fee: '2.0000',
              tax_on_fee: '0.3200',
              total_amount: '100.0000',
              net_amount: '97.6800',
              is_allowed: true,
            })}
            dialect="json"
          />
        }
      >
        <h2>Ask before</h2>
        <p>
          A quote says what a transaction would cost, whether the service allows it, and why not, by the rules that
          transactions are decided by. It changes nothing, and does not look at the balance.
        </p>
      </Pair>
    </>
  );
}
