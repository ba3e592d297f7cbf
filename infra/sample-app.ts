import { createSampleApp } from './create-sample-app.ts';

/** The sample functions, apart from the product: `npx cdk deploy --app 'node infra/sample-app.ts'`. */
createSampleApp().app.synth();
