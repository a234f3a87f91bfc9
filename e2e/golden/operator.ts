import { type Api, apiAt } from './api';

/** The API for one of the operator's people: logged in as the document says, and Bearer from then on. */
export async function operatorApi(baseUrl: string): Promise<Api> {
  const response = await fetch(`${baseUrl}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username: required('E2E_OPERATOR_EMAIL'), password: required('E2E_OPERATOR_PASSWORD') }),
  });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`The operator’s log-in was answered with ${response.status}: ${text}`);
  return apiAt(baseUrl, `Bearer ${(JSON.parse(text) as { access_token: string }).access_token}`);
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set: run the tests through npm test.`);
  return value;
}
