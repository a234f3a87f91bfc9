import { CodeFigure } from './code-figure';
import { FieldTable } from './field-table';
import { type Operation, slugify } from './openapi/model';
import { fieldsOf, refName, resolve } from './openapi/schema-fields';
import type { Schema } from './openapi/types';
import { words } from './operation-section';
import { RichText } from './rich-text';
import { json } from './samples/literals';

/** Named schemas that a page's answers carry, alone or as the rows of a list, with the anchor of their description. */
export function objectsOf(operations: Operation[], schemas: Record<string, Schema>): Map<string, string> {
  const found = new Map<string, string>();
  for (const answer of operations.flatMap((operation) => operation.answers)) {
    if (!answer.schema || !answer.status.startsWith('2')) continue;
    const member = refName(resolve(answer.schema, schemas).properties?.['data']?.items);
    const name = member ?? refName(answer.schema);
    if (name && schemas[name]?.properties) found.set(name, `${slugify(name)}-object`);
  }
  return found;
}

interface Props {
  name: string;
  anchor: string;
  schemas: Record<string, Schema>;
  operations: Operation[];
}

export function ObjectSection({ name, anchor, schemas, operations }: Props) {
  const schema = schemas[name];
  if (!schema) return null;
  // As it is read rather than made: an object that has been used shows more.
  const byReading = [...operations].sort((a, b) => Number(b.method === 'get') - Number(a.method === 'get'));
  const answers = byReading.flatMap((operation) => operation.answers);
  const example = schema.example ?? answers.find((answer) => refName(answer.schema) === name)?.example;
  return (
    <section className="ref" id={anchor} aria-labelledby={`${anchor}-title`}>
      <div className="pair long">
        <div className="text">
          <h2 id={`${anchor}-title`}>
            <a className="anchor" href={`#${anchor}`}>
              The {words(name)} object
            </a>
          </h2>
          <RichText text={schema.description ?? ''} />
          <div className="object-fields">
            <FieldTable fields={fieldsOf(schema, schemas)} labelledBy={`${anchor}-title`} answer />
          </div>
        </div>
        <div className="side-code">
          {example !== undefined && (
            <CodeFigure
              title={withArticle(words(name))}
              label={withArticle(words(name))}
              code={json(example)}
              dialect="json"
            />
          )}
        </div>
      </div>
    </section>
  );
}

function withArticle(noun: string): string {
  return `${/^[aeiou]/i.test(noun) ? 'An' : 'A'} ${noun}`;
}
