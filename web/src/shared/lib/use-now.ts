import { useState } from "react";

/** The moment in milliseconds at which the component was first shown. */
export function useNow(): number {
  return useState(Date.now)[0];
}
