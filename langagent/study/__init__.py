"""Study: the scheduler, the queue, ratings and what is learnt from them."""
