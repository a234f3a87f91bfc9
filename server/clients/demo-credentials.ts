import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const FILE = 'demo-credentials.json';

const credentialsSchema = z.object({
  clientId: z.string().optional(),
  clientSecret: z.string().optional(),
  operatorEmail: z.string().optional(),
  operatorPassword: z.string().optional(),
  /** Of the people in the demo data. */
  demoPassword: z.string().optional(),
});
export type DemoCredentials = z.output<typeof credentialsSchema>;

/** What earlier starts made; nothing when there was none, or its file is damaged. */
export async function readDemoCredentials(dataDir: string): Promise<DemoCredentials> {
  try {
    return credentialsSchema.parse(JSON.parse(await readFile(path.join(dataDir, FILE), 'utf8')));
  } catch {
    return {};
  }
}

/** Adds to what is there. Written aside and renamed: a start that is killed leaves the old file or the new one. */
export async function writeDemoCredentials(dataDir: string, added: DemoCredentials): Promise<void> {
  const stored = await readDemoCredentials(dataDir);
  const next = { ...stored, ...added };
  if (JSON.stringify(next) === JSON.stringify(stored)) return;
  await mkdir(dataDir, { recursive: true });
  const file = path.join(dataDir, FILE);
  await writeFile(`${file}.new`, `${JSON.stringify(next, null, 2)}\n`, { mode: 0o600 });
  await chmod(`${file}.new`, 0o600);
  await rename(`${file}.new`, file);
}
