import { Bot, Cog, KeyRound, UserRound, UserX } from 'lucide-react';
import { type AuditEntry, actorName, isRefusal } from './words';

/** Initials of a person; of anything else what it is. */
export function ActorMark({ entry }: { readonly entry: AuditEntry }) {
  const { type, name } = entry.actor;
  const Icon = isRefusal(entry.action) && name === null ? UserX : (ICONS[type] ?? Bot);
  return (
    <span className="tile round" aria-hidden="true">
      {type === 'user' && name !== null ? initials(actorName(entry)) : <Icon className="s" />}
    </span>
  );
}

const ICONS: Readonly<Record<string, typeof Cog>> = { api_key: KeyRound, job: Cog, operator: Cog, user: UserRound };

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const [first, last] = [words[0] ?? '', words.length > 1 ? (words.at(-1) ?? '') : ''];
  return `${first.charAt(0)}${last.charAt(0)}`.toUpperCase();
}
