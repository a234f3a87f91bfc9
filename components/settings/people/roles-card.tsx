import { Card } from '@/components/patterns/card';
import { ROLES } from '@/contracts/roles';
import { type Reach, ROLE_WORDS, reachOf } from './role-words';

const WORDS: Readonly<Record<Reach, string>> = { changes: 'Changes', freezes: 'Freezes', reads: 'Reads', none: '–' };

/** What each role may do: the very table that the API decides by. */
export function RolesCard() {
  return (
    <Card title="What each role may do" note="the same for the operator’s people and for a client’s">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone it scrolls sideways, by keyboard too */}
      <section className="tablewrap" aria-label="Roles" tabIndex={0}>
        <table className="roles">
          <caption className="sr">What each role may do with each thing</caption>
          <thead>
            <tr>
              <th scope="col">
                <span className="sr">Thing</span>
              </th>
              {ROLES.map((role) => (
                <th key={role} scope="col">
                  {ROLE_WORDS[role].label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {reachOf().map(([subject, reaches]) => (
              <tr key={subject}>
                <th scope="row">{subject}</th>
                {reaches.map((reach, index) => (
                  <td key={ROLES[index]} className={`reach-${reach}`}>
                    {WORDS[reach]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Card>
  );
}
