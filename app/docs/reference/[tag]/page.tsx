import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ObjectSection, objectsOf } from '@/components/docs/object-section';
import { OperationSection } from '@/components/docs/operation-section';
import { Path } from '@/components/docs/path';
import { Intro } from '@/components/docs/prose';
import { inline } from '@/components/docs/rich-text';
import { errorsFor } from '../../error-source';
import { reference } from '../../openapi-source';

export const dynamicParams = false;

interface Props {
  params: Promise<{ tag: string }>;
}

export function generateStaticParams(): { tag: string }[] {
  return reference().groups.map((group) => ({ tag: group.slug }));
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { tag } = await params;
  return { title: reference().groups.find((group) => group.slug === tag)?.name ?? 'Reference' };
}

export default async function TagPage({ params }: Props) {
  const { tag } = await params;
  const { groups, schemas } = reference();
  const group = groups.find((candidate) => candidate.slug === tag);
  if (!group) notFound();
  const objects = objectsOf(group.operations, schemas);
  return (
    <>
      <Intro
        title={group.name}
        lead={inline(group.description)}
        code={
          <figure className="code">
            <figcaption>Operations</figcaption>
            <ul className="endpoints">
              {group.operations.map((operation) => (
                <li key={operation.slug}>
                  <a href={`#${operation.slug}`}>
                    <b>{operation.method === 'delete' ? 'DEL' : operation.method.toUpperCase()}</b>
                    <span>
                      <Path path={operation.path} />
                    </span>
                  </a>
                </li>
              ))}
            </ul>
          </figure>
        }
      />
      {[...objects].map(([name, anchor]) => (
        <ObjectSection key={name} name={name} anchor={anchor} schemas={schemas} operations={group.operations} />
      ))}
      {group.operations.map((operation) => (
        <OperationSection
          key={operation.slug}
          operation={operation}
          schemas={schemas}
          errors={errorsFor(operation.errors)}
          objects={objects}
        />
      ))}
    </>
  );
}
