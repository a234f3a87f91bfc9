import type { ApiAnswer, ApiHarness } from '../testing';

/** A browser as far as forms and cookies go: keeps what it is given, sends it back, says where it comes from. */
export class FormBrowser {
  readonly cookies = new Map<string, string>();

  constructor(
    private readonly api: ApiHarness,
    private readonly headers: Record<string, string> = {},
  ) {}

  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  get(path: string): Promise<Page> {
    return this.#send(path, { method: 'GET' });
  }

  post(path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Page> {
    return this.#send(path, {
      method: 'POST',
      body: new URLSearchParams(fields).toString(),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
        ...headers,
      },
    });
  }

  /** A call of the API as a page of the console makes it. */
  call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<ApiAnswer> {
    return this.api.call(method, path, null, body ?? (method === 'POST' ? {} : undefined), {
      ...this.headers,
      cookie: this.cookie,
      'pesewa-mode': 'test',
      ...(method !== 'GET' && { 'sec-fetch-site': 'same-origin' }),
      ...headers,
    });
  }

  async #send(path: string, init: RequestInit): Promise<Page> {
    const response = await this.api.app.request(path, {
      ...init,
      headers: { ...this.headers, ...(init.headers as Record<string, string>), cookie: this.cookie },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ');
      const [name = '', value = ''] = pair.split('=', 2);
      if (attributes.includes('Max-Age=0')) this.cookies.delete(name);
      else this.cookies.set(name, pair.slice(name.length + 1) || value);
    }
    return {
      status: response.status,
      location: response.headers.get('location'),
      headers: response.headers,
      text: await response.text(),
    };
  }
}

export interface Page {
  readonly status: number;
  readonly location: string | null;
  readonly headers: Headers;
  readonly text: string;
}
