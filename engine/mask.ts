/** Keys of well-known providers and bearer tokens; what looks like one never enters a file. */
const secrets =
  /\b(?:sk-[A-Za-z0-9_-]{16,}|lsv2_[A-Za-z0-9_]{16,}|ghp_[A-Za-z0-9]{20,}|github_pat_\w{20,}|AKIA[0-9A-Z]{16}|AIza[\w-]{30,}|xox[abprs]-[\w-]{10,})|(?<=\bBearer )[\w.~+/-]{16,}=*/g

/** A text with everything that looks like a key replaced by a mark. */
export const maskSecrets = (text: string): string => text.replace(secrets, '[secret]')
