/** Kept in a cookie, so that the server paints the right one at once. */
export function toggleTheme(): void {
  const root = document.documentElement;
  const next = getComputedStyle(root).colorScheme === 'dark' ? 'light' : 'dark';
  root.dataset['theme'] = next;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
  document.cookie = `pesewa_theme=${next}; path=/; max-age=31536000; samesite=lax`;
}
