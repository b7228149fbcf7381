// Two stacks would want the same ports.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
