/** A merchant serial number, which names a sales unit. */
export const MSN = /^\d{4,10}$/;
