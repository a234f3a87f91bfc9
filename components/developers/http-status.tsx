/** A status of HTTP: what was refused in red, as everywhere. */
export function HttpStatus({ status }: { readonly status: number }) {
  return (
    <span className={`http ${status >= 400 ? 'bad' : 'ok'}`}>
      <i aria-hidden="true" />
      {status}
    </span>
  );
}
