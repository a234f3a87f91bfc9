import { STATUS_CODES } from 'node:http';
import { CodeBlock } from './code-figure';
import { type Operation, shownAnswers } from './openapi/model';
import { json } from './samples/literals';

/** As many as `docs-code.css` has rules for. */
const SHOWN_MAX = 4;

/** Answers by status, chosen by radios: readable and switchable without JavaScript. */
export function AnswersFigure({ operation }: { operation: Operation }) {
  const shown = shownAnswers(operation, SHOWN_MAX);
  if (shown.length === 0) return <NoBody operation={operation} />;
  return (
    <figure className="code answers">
      <fieldset>
        <legend className="sr-only">Answer to “{operation.summary}”</legend>
        {shown.map((answer, index) => {
          const id = `${operation.slug}-${answer.status}`;
          return (
            <span key={answer.status} className="tab">
              <input
                type="radio"
                name={`answer-${operation.slug}`}
                id={id}
                value={index}
                defaultChecked={index === 0}
              />
              <label htmlFor={id}>
                <b>{answer.status}</b>
                {STATUS_CODES[answer.status]}
              </label>
            </span>
          );
        })}
        {shown.map((answer, index) => (
          <CodeBlock
            key={answer.status}
            className={`for-${index}`}
            label={`${answer.status} ${STATUS_CODES[answer.status] ?? ''}, ${operation.summary}`}
            code={json(answer.example)}
            dialect="json"
          />
        ))}
      </fieldset>
    </figure>
  );
}

function NoBody({ operation }: { operation: Operation }) {
  const answer = operation.answers[0];
  if (!answer) return null;
  return (
    <p className="no-body">
      <b>{answer.status}</b> {STATUS_CODES[answer.status]}, without a body
    </p>
  );
}
