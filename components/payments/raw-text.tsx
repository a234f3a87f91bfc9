/** A message in full; it scrolls where it is wide, so the keyboard reaches it. */
export function RawText({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields; this names text that can be scrolled to.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, so the keyboard must reach it.
    <pre tabIndex={0} role="group" aria-label={label}>
      {text}
    </pre>
  );
}
