/** Without a script the form leads to the list of all operations; `public/docs.js` makes it a search. */
export function Search() {
  return (
    <search className="search">
      <form action="/docs/reference">
        <input
          type="search"
          aria-label="Search the docs"
          placeholder="Search the docs"
          autoComplete="off"
          spellCheck={false}
          suppressHydrationWarning
        />
        <kbd>/</kbd>
      </form>
      <div className="results" hidden>
        <div role="listbox" id="search-results" aria-label="Results" />
        <p role="status" />
      </div>
    </search>
  );
}
