import { AnswersFigure } from './answers-figure';
import { RequestFigure } from './code-figure';
import { type ErrorEntry, ErrorTable } from './error-table';
import { FieldTable } from './field-table';
import { isSuccess, type Operation } from './openapi/model';
import { type Field, fieldsOf, refName, resolve, toField } from './openapi/schema-fields';
import type { Parameter, Schema } from './openapi/types';
import { Path, Verb } from './path';
import { RichText } from './rich-text';
import { requestOf } from './samples/request';

interface Props {
  operation: Operation;
  schemas: Record<string, Schema>;
  errors: ErrorEntry[];
  /** Objects that this page describes once, by schema name. */
  objects: ReadonlyMap<string, string>;
}

const PLACES = { path: 'in the path', query: 'in the query', header: 'header', cookie: 'cookie' } as const;

export function OperationSection({ operation, schemas, errors, objects }: Props) {
  const parameters = operation.parameters.map((parameter) => parameterField(parameter, schemas));
  const body = operation.body ? fieldsOf(operation.body.schema, schemas) : [];
  const heading = (part: string) => `${operation.slug}-${part}`;
  return (
    <section className="ref" id={operation.slug} data-operation="" aria-labelledby={heading('title')}>
      <div className="pair long">
        <div className="text">
          <h2 id={heading('title')}>
            <a className="anchor" href={`#${operation.slug}`}>
              {operation.summary}
            </a>
          </h2>
          <Verb method={operation.method} path={operation.path} />
          <RichText text={operation.description} />
          {parameters.length > 0 && (
            <>
              <h3 id={heading('parameters')}>Parameters</h3>
              <FieldTable fields={parameters} labelledBy={heading('parameters')} />
            </>
          )}
          {body.length > 0 && (
            <>
              <h3 id={heading('body')}>Body</h3>
              <FieldTable fields={body} labelledBy={heading('body')} />
            </>
          )}
          <Returns operation={operation} schemas={schemas} objects={objects} />
          {errors.length + operation.sharedErrors.length > 0 && <h3 id={heading('errors')}>Errors</h3>}
          {errors.length > 0 && <ErrorTable errors={errors} labelledBy={heading('errors')} />}
          <SharedErrors codes={operation.sharedErrors} alone={errors.length === 0} />
        </div>
        <div className="side-code">
          <div>
            <RequestFigure
              title={
                <code>
                  {operation.method.toUpperCase()} <Path path={operation.path} />
                </code>
              }
              label={operation.summary}
              request={requestOf(operation)}
            />
            <AnswersFigure operation={operation} />
          </div>
        </div>
      </div>
    </section>
  );
}

function SharedErrors({ codes, alone }: { codes: string[]; alone: boolean }) {
  if (codes.length === 0) return null;
  return (
    <details className="fields">
      <summary>
        {alone ? '' : 'and '}
        {codes.length} that most operations share
      </summary>
      <p className="shared">
        {codes.map((code) => (
          <a key={code} href={`/docs/errors#${code}`}>
            <code>{code}</code>
          </a>
        ))}
      </p>
    </details>
  );
}

function parameterField(parameter: Parameter, schemas: Record<string, Schema>): Field {
  const schema: Schema = { ...parameter.schema };
  if (parameter.description !== undefined) schema.description = parameter.description;
  const field = toField(parameter.name, schema, schemas, parameter.required ?? parameter.in === 'path');
  return { ...field, kind: `${field.kind}, ${PLACES[parameter.in]}` };
}

function Returns({ operation, schemas, objects }: Omit<Props, 'errors'>) {
  const answers = operation.answers.filter(isSuccess);
  const schema = answers.find((answer) => answer.schema)?.schema;
  const known = schema && objectOf(schema, schemas, objects);
  const id = `${operation.slug}-returns`;
  const fields = schema && !known ? fieldsOf(schema, schemas) : [];
  if (answers.length === 0) return null;
  return (
    <>
      <h3 id={id}>Returns</h3>
      <ul className="returns">
        {answers.map((answer) => (
          <li key={answer.status}>
            <b>{answer.status}</b>
            <RichText text={answer.description} />
          </li>
        ))}
      </ul>
      {known && (
        <p className="see-object">
          <a href={`#${known.anchor}`}>{known.label}</a>
        </p>
      )}
      {fields.length > 0 && (
        <details className="fields">
          <summary>{fields.length} fields</summary>
          <FieldTable fields={fields} labelledBy={id} answer />
        </details>
      )}
    </>
  );
}

function objectOf(schema: Schema, schemas: Record<string, Schema>, objects: ReadonlyMap<string, string>) {
  const direct = refName(schema);
  if (direct && objects.has(direct)) {
    return { anchor: objects.get(direct) ?? '', label: `Fields of the ${words(direct)}` };
  }
  const member = refName(resolve(schema, schemas).properties?.['data']?.items);
  if (member && objects.has(member)) {
    return { anchor: objects.get(member) ?? '', label: `Fields of each ${words(member)}` };
  }
  return undefined;
}

export function words(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/^api\b/, 'API');
}
