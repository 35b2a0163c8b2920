/** Screens that send something again, in one chunk. */
export { default as DeadLetters } from './dead-letters';
export { default as Deliveries } from './deliveries';
export { default as Replay } from './replay';
