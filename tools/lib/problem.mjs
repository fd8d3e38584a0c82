/** Something that a person has to know or do: its message is shown alone, without a stack trace. */
export class ProblemError extends Error {}
