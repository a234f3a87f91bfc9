import type { ReactNode } from 'react';

const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^)\s]+)\)/g;

/** Inline Markdown as the API's descriptions use it: code, strong, links. */
export function inline(text: string): ReactNode[] {
  const parts: ReactNode[] = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    const [all, code, strong, label, href] = match;
    parts.push(text.slice(end, match.index));
    if (code !== undefined) parts.push(<code key={match.index}>{code}</code>);
    else if (strong !== undefined) parts.push(<strong key={match.index}>{strong}</strong>);
    else if (label !== undefined && href !== undefined) {
      parts.push(
        <a key={match.index} href={href}>
          {label}
        </a>,
      );
    }
    end = match.index + all.length;
  }
  parts.push(text.slice(end));
  return parts;
}

/** Paragraphs and bullet lists, parted by blank lines. */
export function RichText({ text }: { text: string }) {
  const blocks = text.trim().split(/\n\s*\n/);
  return blocks.map((block, index) => {
    const lines = block.split('\n').map((line) => line.trim());
    // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a fixed text never move.
    if (!lines.every((line) => /^[-*] /.test(line))) return <p key={index}>{inline(lines.join(' '))}</p>;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: as above.
      <ul key={index} className="dots">
        {lines.map((line) => (
          <li key={line}>{inline(line.slice(2))}</li>
        ))}
      </ul>
    );
  });
}
