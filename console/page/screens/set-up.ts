/** Screens of what is configured, in one chunk. */
export { default as DocumentEditor } from './document';
export { default as Documents } from './documents';
export { default as Integration } from './integration';
export { default as Integrations } from './integrations';
export { default as TestPostback } from './test-postback';
export { default as Wizard } from './wizard';
