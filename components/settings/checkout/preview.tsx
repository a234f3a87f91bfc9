'use client';

import { BrandMark } from '@/components/brand/mark';
import { Card } from '@/components/patterns/card';
import { type CheckoutDraft, initialsOf, isColour, isLight } from './checkout-draft';

/** The first page of the checkout as customers will see it, with an example amount. */
export function Preview({ draft, client }: { readonly draft: CheckoutDraft; readonly client: string }) {
  const name = draft.displayName.trim() === '' ? client : draft.displayName.trim();
  const payee = draft.promptName.trim() === '' ? name : draft.promptName.trim();
  const colour = isColour(draft.brandColour) ? draft.brandColour : null;
  return (
    <Card title="As customers see it" note="the amount is an example">
      <figure className="phone" aria-label={`The checkout of ${name}`}>
        <div className="who">
          <i
            aria-hidden="true"
            {...(colour !== null && { style: { background: colour, color: isLight(colour) ? '#1b1d1a' : '#fff' } })}
          >
            {initialsOf(name)}
          </i>
          <b>{name}</b>
          <span>
            <BrandMark />
            Pesewa
          </span>
        </div>
        <dl>
          <div>
            <dt>Top up Ama’s wallet</dt>
            <dd>50.00</dd>
          </div>
          <div>
            <dt>Fee</dt>
            <dd>1.00</dd>
          </div>
          <div className="total">
            <dt>You pay</dt>
            <dd>
              <small>GHS</small> 51.00
            </dd>
          </div>
        </dl>
        <p className="ask">How do you want to pay?</p>
        <div className="box">
          <p className="medium">Mobile money</p>
          <span className="fake">024 123 4567</span>
          <span className="pay">Pay GHS 51.00</span>
          <p className="soft small">The prompt on your phone names {payee}. Approve nothing else.</p>
        </div>
        {draft.supportPhone.trim() !== '' && (
          <p className="soft small help">
            Help: call {name}, {draft.supportPhone}
          </p>
        )}
      </figure>
    </Card>
  );
}
