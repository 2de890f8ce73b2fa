/** What `firedrill list` can list; apart from the catalogues, so that --help need not load them. */
export const listed = ['systems', 'faults', 'scenarios', 'models', 'reports', 'matrix'] as const
