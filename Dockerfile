# Fitting Room, ready to run. Build and start:
#
#   docker build -t fitting-room .
#   docker run -d --name fitting-room --restart unless-stopped --read-only --cap-drop ALL \
#     --env-file .env -v fitting-room:/data fitting-room
#
# For the webhook add -p 8080:8080 and put https in front of it.

FROM python:3.13-slim AS build
COPY requirements.txt .
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.txt
COPY bot /app/bot
COPY providers /app/providers
COPY storage /app/storage
# The root is read-only later, so the byte code is made now.
RUN /venv/bin/python -m compileall -q /venv/lib /app

FROM python:3.13-slim
# A number, so that Kubernetes can see that it is not root.
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin bot \
    && install -d -o bot -g bot -m 700 /data
COPY --from=build /venv /venv
COPY --from=build /app /app
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATABASE_PATH=/data/fitting-room.db \
    LISTEN=0.0.0.0:8080
WORKDIR /app
USER 10001
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=10s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8080/healthz', timeout=8)"]
ENTRYPOINT ["python", "-m", "bot"]
