import { createApp } from './create-app.ts';

createApp(new Date()).app.synth();
