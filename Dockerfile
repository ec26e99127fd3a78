# Build: cargo's caches stay in the build's own cache mounts, not in a layer.
FROM rust:1.95-slim-bookworm AS build
WORKDIR /build
COPY Cargo.toml Cargo.lock ./
COPY src src
COPY benches benches
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/build/target \
    cargo build --profile dist --locked --bin handbill \
    && cp target/dist/handbill /usr/local/bin/handbill

# Run: one binary, nobody's user, data read-only, state in a volume.
FROM debian:bookworm-slim
RUN useradd --system --uid 10001 --home-dir /state --create-home handbill
COPY --from=build /usr/local/bin/handbill /usr/local/bin/handbill
COPY data /data
USER handbill
ENV HANDBILL_DATA=/data \
    HANDBILL_STATE=/state \
    HANDBILL_LISTEN=0.0.0.0:8080 \
    HANDBILL_LOG_FORMAT=json
VOLUME /state
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=3s --start-period=5s CMD ["handbill", "health"]
ENTRYPOINT ["handbill"]
CMD ["serve"]
