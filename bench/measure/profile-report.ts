import { readdirSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import path from 'node:path';

interface ProfileNode {
  readonly id: number;
  readonly callFrame: {
    readonly functionName: string;
    readonly url: string;
    readonly lineNumber: number;
    readonly columnNumber: number;
  };
}

interface Profile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const FUNCTIONS_SHOWN = 30;

/** Where the CPU went, by the code's own (self) time: shares of what was not idle. */
export function profileReport(directory: string, bundle: string): string {
  const file = readdirSync(directory)
    .filter((name) => name.endsWith('.cpuprofile'))
    .sort()
    .at(-1);
  if (file === undefined) throw new Error('The server left no profile.');
  const profile = JSON.parse(readFileSync(path.join(directory, file), 'utf8')) as Profile;
  const map = new SourceMap(JSON.parse(readFileSync(`${bundle}.map`, 'utf8')));
  const selfUs = new Map<number, number>();
  profile.samples.forEach((id, i) => {
    selfUs.set(id, (selfUs.get(id) ?? 0) + (profile.timeDeltas[i] ?? 0));
  });
  const files = new Map<string, number>();
  const functions = new Map<string, number>();
  let busyUs = 0;
  for (const { id, callFrame } of profile.nodes) {
    const us = selfUs.get(id) ?? 0;
    const { functionName } = callFrame;
    if (us === 0 || functionName === '(idle)') continue;
    busyUs += us;
    const place = placeOf(callFrame, bundle, map);
    files.set(place, (files.get(place) ?? 0) + us);
    const named = `${functionName === '' ? '(anonymous)' : functionName}  ${place}`;
    functions.set(named, (functions.get(named) ?? 0) + us);
  }
  const lines = (title: string, values: ReadonlyMap<string, number>): string[] => [
    `\n${title}`,
    ...[...values]
      .sort((a, b) => b[1] - a[1])
      .slice(0, FUNCTIONS_SHOWN)
      .map(([name, us]) => `${((100 * us) / busyUs).toFixed(1).padStart(5)} %  ${name}`),
  ];
  return [...lines('by file or package', files), ...lines('by function', functions)].join('\n');
}

/** Our files by name, packages and Node's own modules as wholes. */
function placeOf(callFrame: ProfileNode['callFrame'], bundle: string, map: SourceMap): string {
  const { url, functionName, lineNumber, columnNumber } = callFrame;
  if (url === '') return functionName.startsWith('(') ? functionName : '(native)';
  if (url.startsWith('node:')) return url;
  if (url.endsWith(path.basename(bundle))) {
    const entry = map.findEntry(lineNumber, columnNumber);
    return 'originalSource' in entry ? entry.originalSource.replace(/^(\.\.\/)+/, '') : 'bundle';
  }
  return /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? path.basename(url);
}
