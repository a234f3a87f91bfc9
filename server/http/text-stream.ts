/**
 * An answer that is written while it is sent: chunks are asked for as the reader takes them, and none before the first is
 * wanted, so that a HEAD asks for nothing. A failure on the way errors the stream, and the mount breaks the transfer off:
 * what was cut short cannot look whole.
 * @param stop ends at once what the chunks wait for; called when the reader hangs up
 */
export function textStream(
  chunks: AsyncGenerator<string, void, undefined>,
  headers: Readonly<Record<string, string>>,
  stop: () => void = () => {},
): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      async cancel() {
        // First what a chunk under way waits for: the generator's own end waits for that chunk.
        stop();
        await chunks.return(undefined).catch(() => {});
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { status: 200, headers });
}

export const JSON_HEADERS = { 'content-type': 'application/json' } as const;

/** @param fileName what a file system may not like is left out of it */
export function csvHeaders(fileName: string): Record<string, string> {
  return fileHeaders('text/csv; charset=utf-8; header=present', fileName);
}

/** JSON Lines: an object a line. */
export function jsonLinesHeaders(fileName: string): Record<string, string> {
  return fileHeaders('application/x-ndjson', fileName);
}

function fileHeaders(type: string, fileName: string): Record<string, string> {
  return {
    'content-type': type,
    'content-disposition': `attachment; filename="${fileName.replace(/[^A-Za-z0-9._-]/g, '')}"`,
  };
}
