'use client';

import dynamic from 'next/dynamic';
import { useId } from 'react';
import type { ApiError } from '@/components/api/error';
import { problemOf, TextArea, TextField } from '@/components/patterns/field';
import type { Profile, ProfileField } from './profile';

const CountryOptions = dynamic(() => import('./country-options'), { ssr: false });

/** Who the client is, and who answers for it. */
export function ProfileFields({
  profile,
  onChange,
  error,
}: {
  readonly profile: Profile;
  readonly onChange: (profile: Profile) => void;
  readonly error: ApiError | null;
}) {
  const id = useId();
  const field = (name: ProfileField) => ({
    value: profile[name],
    onChange: (event: { readonly target: { readonly value: string } }) =>
      onChange({ ...profile, [name]: event.target.value }),
    problem: problemOf(error, name),
  });
  const countryProblem = problemOf(error, 'country');
  return (
    <>
      <TextField
        label="Name"
        placeholder="Kaneshie Motors"
        maxLength={200}
        autoComplete="off"
        {...field('client_name')}
      />
      <div className="form-grid">
        <TextField label="E-mail" type="email" maxLength={254} autoComplete="off" {...field('client_email')} />
        <TextField
          label="Phone"
          type="tel"
          placeholder="+233 24 412 3456"
          hint="With its country code"
          autoComplete="off"
          {...field('client_phone_number')}
        />
      </div>
      <div className="form-grid">
        <TextField label="Business number or PIN" maxLength={64} autoComplete="off" {...field('business_pin')} />
        <div className="field">
          <label htmlFor={id}>Country</label>
          <select
            id={id}
            className="input"
            aria-invalid={countryProblem !== null || undefined}
            value={profile.country}
            onChange={(event) => onChange({ ...profile, country: event.target.value })}
          >
            <option value="">Choose…</option>
            <CountryOptions />
          </select>
          {countryProblem !== null && (
            <p className="problem" role="alert">
              {countryProblem}
            </p>
          )}
        </div>
      </div>
      <TextField label="Address, if there is one" maxLength={500} autoComplete="off" {...field('physical_address')} />
      <div className="form-grid">
        <TextField label="Contact person" maxLength={200} autoComplete="off" {...field('contact_person_name')} />
        <TextField
          label="Their e-mail"
          type="email"
          maxLength={254}
          autoComplete="off"
          {...field('contact_person_email')}
        />
        <TextField
          label="Their phone"
          type="tel"
          hint="With its country code"
          autoComplete="off"
          {...field('contact_person_msisdn')}
        />
      </div>
      <TextArea label="What it does, if you like" maxLength={1000} {...field('description')} />
      <TextField
        label="Logo, if there is one"
        type="url"
        placeholder="https://…"
        maxLength={2000}
        autoComplete="off"
        {...field('logo')}
      />
    </>
  );
}
