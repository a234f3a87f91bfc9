import { Fragment } from 'react';
import type { Field } from './openapi/schema-fields';
import { inline } from './rich-text';

interface Props {
  fields: Field[];
  labelledBy: string;
  /** In answers nothing is required: it is there. */
  answer?: boolean;
}

export function FieldTable({ fields, labelledBy, answer = false }: Props) {
  return (
    <table className="params" aria-labelledby={labelledBy}>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Kind</th>
          <th scope="col">Meaning</th>
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field.name}>
            <th scope="row">
              <FieldName name={field.name} />
            </th>
            <td>
              {field.kind}
              {!answer && (
                <span className={field.required ? 'req' : undefined}>{field.required ? 'required' : 'optional'}</span>
              )}
            </td>
            <td>
              <Meaning field={field} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The parent of a nested field is said more quietly, and a long name may break at its dots and underscores. */
function FieldName({ name }: { name: string }) {
  const cut = name.lastIndexOf('.') + 1;
  return (
    <code>
      {cut > 0 && <em>{breakable(name.slice(0, cut))}</em>}
      {breakable(name.slice(cut))}
    </code>
  );
}

function breakable(name: string) {
  return name.split(/(?<=[._])/).map((part, index) => (
    <Fragment key={part + String(index)}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}

function Meaning({ field }: { field: Field }) {
  const description = field.description.trim();
  const rules = field.rules.join(', ');
  return (
    <>
      {description && <p>{inline(description)}</p>}
      {rules && <p className="rules">{inline(rules.charAt(0).toUpperCase() + rules.slice(1))}</p>}
      {field.values.length > 0 && (
        <p className="values">
          {field.values.map((value) => (
            <code key={value}>{value}</code>
          ))}
        </p>
      )}
    </>
  );
}
