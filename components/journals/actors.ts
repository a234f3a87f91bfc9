import { wordsOf } from '@/components/patterns/status';
import type { JournalObject } from '@/contracts/journals';

type Actor = JournalObject['origin']['actor'];

/** Who or what acted, in words: `Key “Workshop app” …k4Qz`, a person’s name, `Job, status poll`. */
export function actorWords({ type, id, name, hint }: Actor): string {
  if (type === 'api_key') {
    const end = hint === null ? '' : ` …${hint.split('…').at(-1) ?? hint}`;
    return `Key ${name === null ? (id ?? '') : `“${name}”`}${end}`;
  }
  if (type === 'user') return name ?? id ?? 'A person';
  return id === null ? wordsOf(type) : `${wordsOf(type)}, ${id.replaceAll(/[_-]/g, ' ')}`;
}
