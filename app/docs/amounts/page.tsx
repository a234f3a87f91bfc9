import type { Metadata } from 'next';
import { CodeFigure } from '@/components/docs/code-figure';
import { Intro, Pair } from '@/components/docs/prose';
import { json } from '@/components/docs/samples/literals';

export const metadata: Metadata = { title: 'Amounts and currencies' };

const CURRENCIES = [
  { code: 'GHS', unit: 'pesewa', digits: 2, amount: '15000', shown: 'GH₵150.00' },
  { code: 'NGN', unit: 'kobo', digits: 2, amount: '15000', shown: '₦150.00' },
  { code: 'KES', unit: 'cent', digits: 2, amount: '15000', shown: 'KSh 150.00' },
  { code: 'USD', unit: 'cent', digits: 2, amount: '15000', shown: '$150.00' },
];

export default function AmountsPage() {
  return (
    <>
      <Intro
        title="Amounts and currencies"
        lead="Money is a whole number of the currency’s smallest unit. No fraction, no float, nothing to round."
      />
      <Pair
        id="units"
        code={
          <CodeFigure
            title="Part of a wallet"
            label="Part of a wallet"
            code={json({ currency: 'GHS', balance: 15000, balance_formatted: 'GH₵150.00' })}
            dialect="json"
          />
        }
      >
        <h2>Smallest unit</h2>
        <p>
          <code>500</code> in GHS is five cedis. An amount is an integer from 1 to 9,007,199,254,740,991, the largest
          that every JSON parser keeps exactly. A decimal, zero or a negative number is refused by name; only{' '}
          <a href="/docs/reference/transactions#post-transaction">Post a signed amount</a> takes a minus.
        </p>
        <p>
          To show a balance, use <code>balance_formatted</code>: it has the currency’s own sign and groups thousands.
        </p>
      </Pair>
      <Pair id="currencies">
        <h2>Currencies</h2>
        <p>
          How many digits follow the point is the currency’s own affair: ISO 4217 decides, so never divide by a fixed
          100. UGX and XOF have no smaller unit, and <code>150</code> there is 150.
        </p>
        <table className="plain" aria-label="Currencies">
          <thead>
            <tr>
              <th scope="col">Currency</th>
              <th scope="col">Smallest unit</th>
              <th scope="col" className="r">
                Digits
              </th>
              <th scope="col" className="r">
                Amount
              </th>
              <th scope="col" className="r">
                Shown as
              </th>
            </tr>
          </thead>
          <tbody>
            {CURRENCIES.map((currency) => (
              <tr key={currency.code}>
                <td>{currency.code}</td>
                <td>{currency.unit}</td>
                <td className="r">{currency.digits}</td>
                <td className="r">{currency.amount}</td>
                <td className="r">{currency.shown}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Pair>
      <Pair id="one-currency">
        <h2>One wallet, one currency</h2>
        <p>
          A customer may hold a wallet in each currency. Nothing is converted: a request that names another currency
          than the wallet’s is refused with <code>currency_mismatch</code>.
        </p>
      </Pair>
    </>
  );
}
