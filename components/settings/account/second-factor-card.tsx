'use client';

import { useRouter } from 'next/navigation';
import { lazy, Suspense, useState } from 'react';
import type { Me } from '@/components/api/me';
import { ActDialog } from '@/components/patterns/act-dialog';
import { Card } from '@/components/patterns/card';
import { CopyId } from '@/components/patterns/copy-id';
import { TextField } from '@/components/patterns/field';
import { Status } from '@/components/patterns/status';
import { useSubmit } from '@/components/patterns/use-submit';
import type { AnswerOf } from '@/server/http/api-types';

const ShownOnce = lazy(async () => ({ default: (await import('@/components/patterns/shown-once')).ShownOnce }));

type SetUp = AnswerOf<'post', '/v1/me/second_factor'>;

/** An authenticator app beside the password: set up, recovery codes, off. */
export function SecondFactorCard({ factor }: { readonly factor: Me['second_factor'] }) {
  const router = useRouter();
  const [setUp, setSetUp] = useState<SetUp | null>(null);
  const [act, setAct] = useState<'renew' | 'off' | null>(null);
  const [code, setCode] = useState('');
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const begin = useSubmit(
    (api, _: null, idempotencyKey) => api.post('/v1/me/second_factor', { body: {} }, { idempotencyKey }),
    { done: null, onDone: (made: SetUp) => setSetUp(made) },
  );
  const isOn = factor?.enabled === true;
  const left = factor?.recovery_codes_left ?? 0;
  const close = (): void => {
    setSetUp(null);
    setAct(null);
    setCode('');
  };
  const codeField = (
    <TextField
      label="Code of the app"
      inputMode="numeric"
      autoComplete="one-time-code"
      className="input mono"
      maxLength={24}
      value={code}
      onChange={(event) => setCode(event.target.value.trim())}
    />
  );
  return (
    <Card
      title="Second factor"
      note="a code of an authenticator app beside the password"
      end={isOn ? <Status of="on" /> : <Status of="paused" word="Not set up" />}
      padded
    >
      <p className="soft text-13">
        {isOn
          ? `Signing in takes a code. ${left} of your recovery codes ${left === 1 ? 'is' : 'are'} unused.`
          : factor?.needed_for_live === true
            ? 'Live books are shown only to who has one: whoever learns your password then still cannot move money.'
            : 'Whoever learns your password then still cannot sign in.'}
      </p>
      <div className="mt-4 flex flex-wrap gap-2">
        {isOn ? (
          <>
            <button type="button" className="btn" onClick={() => setAct('renew')}>
              Make new recovery codes
            </button>
            <button type="button" className="btn danger" onClick={() => setAct('off')}>
              Turn off
            </button>
          </>
        ) : (
          <button
            type="button"
            className="btn primary"
            aria-disabled={begin.pending}
            onClick={() => begin.submit(null)}
          >
            {begin.pending ? 'One moment…' : 'Set up second factor'}
          </button>
        )}
      </div>
      {begin.error !== null && (
        <p className="problem mt-2" role="alert">
          {begin.error.message}
        </p>
      )}
      {setUp !== null && (
        <ActDialog
          open
          onOpenChange={close}
          title="Set up your second factor"
          description="Scan this with an authenticator app, then type the code that it shows. Nothing changes until then."
          verb="Turn it on"
          ready={/^\d{6}$/.test(code)}
          act={(api) => api.post('/v1/me/second_factor/confirm', { body: { code } })}
          done={() => 'Second factor is on, your other sessions have ended'}
          onDone={(made) => {
            close();
            if (made.codes !== undefined) setCodes(made.codes);
            router.refresh();
          }}
        >
          <div className="qr">
            {/* biome-ignore lint/performance/noImgElement: a drawing that came with the answer, not a file */}
            <img
              alt="QR code for the authenticator app"
              width={168}
              height={168}
              src={`data:image/svg+xml,${encodeURIComponent(setUp.qr_svg)}`}
            />
            <div>
              <p className="small soft">Or type this secret into the app:</p>
              <CopyId id={setUp.secret} whole what="secret" />
            </div>
          </div>
          {codeField}
        </ActDialog>
      )}
      <ActDialog
        open={act === 'renew'}
        onOpenChange={close}
        title="Make new recovery codes"
        description="Ten new ones. The old ones work no more."
        verb="Make new codes"
        ready={code !== ''}
        act={(api) => api.post('/v1/me/second_factor/recovery_codes', { body: { code } })}
        done={null}
        onDone={(made) => {
          close();
          if (made.codes !== undefined) setCodes(made.codes);
        }}
      >
        {codeField}
      </ActDialog>
      <ActDialog
        open={act === 'off'}
        onOpenChange={close}
        title="Turn your second factor off"
        description="Signing in then takes a password alone, and live books may be closed to you."
        verb="Turn it off"
        danger
        ready={code !== ''}
        act={(api) => api.post('/v1/me/second_factor/disable', { body: { code } })}
        done={() => 'Second factor is off'}
        onDone={() => router.refresh()}
      >
        {codeField}
      </ActDialog>
      {codes !== null && (
        <Suspense>
          <ShownOnce
            title="Your recovery codes"
            what="codes"
            lines={codes}
            note="Each is good for one sign-in, for when the app is lost. Keep them where the phone is not."
            fileName="pesewa-recovery-codes.txt"
            close={() => setCodes(null)}
          />
        </Suspense>
      )}
    </Card>
  );
}
