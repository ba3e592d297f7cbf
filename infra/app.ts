import { InvalidConfigurationError } from '../shared/errors.ts';
import { createApp } from './create-app.ts';

try {
  createApp(new Date()).app.synth();
} catch (error) {
  if (!(error instanceof InvalidConfigurationError)) throw error;
  // What is wrong stands in cdk.json or on the command line; a stack trace would only bury it.
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
