/** The build takes styles out of the module that imports them. */
declare module '*.css';
