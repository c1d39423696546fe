import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { errorText } from "@/shared/api/errors";
import { useI18n } from "@/shared/i18n/i18n";
import { Button } from "./button";
import { EmptyState } from "./empty-state";
import { Skeleton } from "./skeleton";

interface Props<T> {
  query: UseQueryResult<T>;
  loading?: ReactNode;
  children: (data: T) => ReactNode;
}

/** The three states of something loaded: its shape, its failure with a retry, itself. */
export function QueryState<T>({ query, loading, children }: Props<T>) {
  const { t } = useI18n();
  if (query.data !== undefined) return children(query.data);
  if (query.isPending) return loading ?? <Skeleton count={3} />;
  return (
    <EmptyState title={t("error.title")} text={errorText(t, query.error)}>
      <Button kind="secondary" busy={query.isFetching} onClick={() => void query.refetch()}>
        {t("common.retry")}
      </Button>
    </EmptyState>
  );
}
