import { Check } from 'lucide-react';
import type { ReactNode } from 'react';

/** Text on the left, code on the right; one column on a phone. */
export function Pair({
  children,
  code,
  id,
  long = false,
}: {
  children: ReactNode;
  code?: ReactNode;
  id?: string;
  long?: boolean;
}) {
  return (
    <section className={long ? 'pair long' : 'pair'} id={id}>
      <div className="text">{children}</div>
      <div className="side-code">{code && <div>{code}</div>}</div>
    </section>
  );
}

export function Intro({ title, lead, code }: { title: string; lead: ReactNode; code?: ReactNode }) {
  return (
    <div className="pair intro">
      <div className="text">
        <h1>{title}</h1>
        <p className="lead">{lead}</p>
      </div>
      <div className="side-code">{code && <div>{code}</div>}</div>
    </div>
  );
}

interface StepProps {
  number: number;
  title: string;
  /** Minutes and seconds since the start. */
  at: string;
  see: ReactNode;
  code: ReactNode;
  children: ReactNode;
}

export function Step({ number, title, at, see, code, children }: StepProps) {
  return (
    <section className="pair step" id={`step-${number}`} aria-labelledby={`step-${number}-title`}>
      <div className="text">
        <h2>
          <span className="n">{number}</span>
          <span id={`step-${number}-title`}>{title}</span>
          <span className="at">{at}</span>
        </h2>
        {children}
        <p className="see">
          <Check aria-hidden="true" />
          <span>{see}</span>
        </p>
      </div>
      <div className="side-code">
        <div>{code}</div>
      </div>
    </section>
  );
}

export function Note({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="note">
      <b>{title}</b>
      {children}
    </div>
  );
}

export function NextUp({ links }: { links: { href: string; title: string; text: string }[] }) {
  return (
    <nav className="next-up" aria-label="Read next">
      {links.map((link) => (
        <a key={link.href} href={link.href}>
          <b>{link.title}</b>
          <span>{link.text}</span>
        </a>
      ))}
    </nav>
  );
}
