import type { Metadata } from 'next';
import { OPENAPI_HREF } from '@/components/docs/links';
import { Path } from '@/components/docs/path';
import { Intro, Pair } from '@/components/docs/prose';
import { inline } from '@/components/docs/rich-text';
import { reference } from '../openapi-source';

export const metadata: Metadata = { title: 'All operations' };

export default function ReferencePage() {
  const { groups } = reference();
  return (
    <>
      <Intro
        title="All operations"
        lead={
          <>
            JSON over HTTPS, described by an <a href={OPENAPI_HREF}>OpenAPI 3.1 document</a> that these pages are
            rendered from.
          </>
        }
      />
      {groups.map((group) => (
        <Pair key={group.slug} id={group.slug}>
          <h2>
            <a className="anchor" href={`/docs/reference/${group.slug}`}>
              {group.name}
            </a>
          </h2>
          <p>{inline(group.description)}</p>
          <ul className="ops">
            {group.operations.map((operation) => (
              <li key={operation.slug}>
                <a href={operation.href}>
                  <span className="m">{operation.method.toUpperCase()}</span>
                  <b>{operation.summary}</b>
                  <code>
                    <Path path={operation.path} />
                  </code>
                </a>
              </li>
            ))}
          </ul>
        </Pair>
      ))}
    </>
  );
}
