/** Screens of what came, in one chunk. */
export { default as ClickTimeline } from './click';
export { default as Conversions } from './conversions';
export { default as Explain } from './explain';
export { default as Now } from './now';
export { default as Order } from './order';
export { default as Requests } from './requests';
