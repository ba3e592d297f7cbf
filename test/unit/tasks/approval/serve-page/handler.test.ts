import type { Context } from 'aws-lambda';
import { pageEvent } from '../../../../support/page/page-event.ts';

const former = { ...process.env };
beforeEach(() => {
  jest.resetModules();
  jest.spyOn(console, 'warn').mockImplementation(() => {});
});
afterEach(() => {
  process.env = { ...former };
});

describe('the function behind the page', () => {
  it('answers an HTTP API event with a page, without a read for what cannot be a link', async () => {
    Object.assign(process.env, { LEDGER_TABLE_NAME: 'ledger', RUN_BUCKET_NAME: 'bucket' });
    const { handler } = await import('../../../../../tasks/approval/serve-page/handler.ts');
    const answer = await handler(pageEvent({ path: '/runs/no-link' }), {} as Context);
    expect(answer.statusCode).toBe(404);
    expect(answer.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8' });
  });

  it('fails at its cold start when it does not know its ledger and its bucket', async () => {
    delete process.env['LEDGER_TABLE_NAME'];
    delete process.env['RUN_BUCKET_NAME'];
    await expect(import('../../../../../tasks/approval/serve-page/handler.ts')).rejects.toThrow(
      'LEDGER_TABLE_NAME, RUN_BUCKET_NAME',
    );
  });
});
