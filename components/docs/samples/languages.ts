import { JSON_DIALECT, json, literal, NODE_DIALECT, PHP_DIALECT, PYTHON_DIALECT } from './literals';
import type { SampleRequest } from './request';

export type LanguageId = 'curl' | 'node' | 'python' | 'go' | 'php';

export interface Language {
  id: LanguageId;
  name: string;
  write: (request: SampleRequest) => string;
}

/** Plain HTTP in each language: nothing to install but what the language's people already have. */
export const LANGUAGES: readonly Language[] = [
  { id: 'curl', name: 'cURL', write: curl },
  { id: 'node', name: 'Node', write: node },
  { id: 'python', name: 'Python', write: python },
  { id: 'go', name: 'Go', write: go },
  { id: 'php', name: 'PHP', write: php },
];

function curl({ method, url, headers, body }: SampleRequest): string {
  const implied = body === undefined ? 'GET' : 'POST';
  const target = /[?&]/.test(url) ? `"${url}"` : url;
  const lines = [
    `curl ${method === implied ? '' : `-X ${method} `}${target}`,
    '-H "Authorization: Bearer $PESEWA_KEY"',
  ];
  for (const [name, value] of headers) lines.push(`-H "${name}: ${value}"`);
  if (body !== undefined) {
    lines.push('-H "Content-Type: application/json"');
    lines.push(`-d '${literal(body, JSON_DIALECT, 1).replace(/'/g, `'\\''`)}'`);
  }
  return lines.join(' \\\n  ');
}

function node({ method, url, headers, body, answerName, prints }: SampleRequest): string {
  const lines = [`const response = await fetch("${url}", {`];
  if (method !== 'GET') lines.push(`  method: "${method}",`);
  // A backtick template in the reader's code, not in ours.
  const all = [['Authorization', '`Bearer $' + '{process.env.PESEWA_KEY}`'] as const, ...headers.map(quoted)];
  if (body !== undefined) all.push(['"Content-Type"', '"application/json"']);
  if (all.length === 1) lines.push(`  headers: { ${all.map((pair) => pair.join(': ')).join('')} },`);
  else lines.push('  headers: {', ...all.map((pair) => `    ${pair.join(': ')},`), '  },');
  if (body !== undefined) lines.push(`  body: JSON.stringify(${literal(body, NODE_DIALECT, 1)}),`);
  lines.push('});', '', `const ${answerName} = await response.json();`);
  if (prints) lines.push(`console.log(${answerName});`);
  return lines.join('\n');
}

function quoted([name, value]: [string, string]): readonly [string, string] {
  return [JSON.stringify(name), JSON.stringify(value)];
}

function python({ method, url, headers, body, answerName, prints }: SampleRequest): string {
  const lines = ['import os', 'import requests', '', `response = requests.${method.toLowerCase()}(`, `    "${url}",`];
  const key = `"Authorization": f"Bearer {os.environ['PESEWA_KEY']}"`;
  if (headers.length === 0) lines.push(`    headers={${key}},`);
  else {
    lines.push('    headers={', `        ${key},`);
    lines.push(...headers.map((header) => `        ${quoted(header).join(': ')},`), '    },');
  }
  if (body !== undefined) lines.push(`    json=${literal(body, PYTHON_DIALECT, 1)},`);
  lines.push('    timeout=10,', ')', `${answerName} = response.json()`);
  if (prints) lines.push(`print(${answerName})`);
  return lines.join('\n');
}

function go({ method, url, headers, body, prints }: SampleRequest): string {
  const lines: string[] = [];
  if (body !== undefined) lines.push(`body := strings.NewReader(\`${json(body)}\`)`);
  lines.push(`req, err := http.NewRequest("${method}", "${url}", ${body === undefined ? 'nil' : 'body'})`);
  lines.push('if err != nil {', '\treturn err', '}');
  lines.push('req.Header.Set("Authorization", "Bearer "+os.Getenv("PESEWA_KEY"))');
  for (const header of headers) lines.push(`req.Header.Set(${quoted(header).join(', ')})`);
  if (body !== undefined) lines.push('req.Header.Set("Content-Type", "application/json")');
  lines.push('', 'res, err := http.DefaultClient.Do(req)', 'if err != nil {', '\treturn err', '}');
  lines.push('defer res.Body.Close()');
  if (prints) lines.push('io.Copy(os.Stdout, res.Body)');
  return lines.join('\n');
}

function php({ method, url, headers, body, answerName, prints }: SampleRequest): string {
  const lines = [`$curl = curl_init('${url}');`, 'curl_setopt_array($curl, [', '    CURLOPT_RETURNTRANSFER => true,'];
  if (method === 'POST') lines.push('    CURLOPT_POST => true,');
  else if (method !== 'GET') lines.push(`    CURLOPT_CUSTOMREQUEST => '${method}',`);
  lines.push('    CURLOPT_HTTPHEADER => [', "        'Authorization: Bearer ' . getenv('PESEWA_KEY'),");
  lines.push(...headers.map(([name, value]) => `        '${name}: ${value}',`));
  if (body !== undefined) lines.push("        'Content-Type: application/json',");
  lines.push('    ],');
  if (body !== undefined) lines.push(`    CURLOPT_POSTFIELDS => json_encode(${literal(body, PHP_DIALECT, 1)}),`);
  else if (method === 'POST') lines.push("    CURLOPT_POSTFIELDS => '',");
  lines.push(']);', '', `$${answerName} = json_decode(curl_exec($curl), true);`);
  if (prints) lines.push(`print_r($${answerName});`);
  return lines.join('\n');
}
